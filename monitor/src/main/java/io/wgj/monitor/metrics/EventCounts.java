// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Counts events of peers and interfaces since the monitor's start. Thread-safe.
final class EventCounts implements EventSource.Listener {
    private final Map<Place, Long> stateChanges = new HashMap<>();
    private final Map<DeviceName, Long> failedHooks = new HashMap<>();

    private record Place(DeviceName iface, PublicKey peer) {}

    @Override
    public synchronized void event(MonitorEvent event) {
        if (event.iface().isEmpty() || event.peer().isEmpty()) {
            return;
        }
        DeviceName iface = event.iface().get();
        switch (event.kind()) {
            case PEER_UP, PEER_DOWN, PEER_STALE, PEER_CONNECTING, PEER_QUIET, PEER_IDLE ->
                stateChanges.merge(new Place(iface, event.peer().get()), 1L, Long::sum);
            case HOOK_FAILED -> failedHooks.merge(iface, 1L, Long::sum);
            default -> {
                // Nothing that is counted.
            }
        }
    }

    /// How often the state of the peer has changed.
    synchronized long stateChanges(DeviceName iface, PublicKey peer) {
        return stateChanges.getOrDefault(new Place(iface, peer), 0L);
    }

    /// How many scripts of the interface have failed.
    synchronized long failedHooks(DeviceName iface) {
        return failedHooks.getOrDefault(iface, 0L);
    }

    /// Forgets peers and interfaces that are gone, so that their counts take no memory.
    synchronized void keepOnly(MonitorStatus status) {
        Set<Place> peers = new HashSet<>();
        Set<DeviceName> interfaces = new HashSet<>();
        for (InterfaceStatus iface : status.interfaces()) {
            interfaces.add(iface.name());
            for (PeerStatus peer : iface.peers()) {
                peers.add(new Place(iface.name(), peer.publicKey()));
            }
        }
        stateChanges.keySet().retainAll(peers);
        failedHooks.keySet().retainAll(interfaces);
    }
}
