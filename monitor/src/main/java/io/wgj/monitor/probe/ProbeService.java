// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.probe;

import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Probe;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import io.wgj.netlink.sys.BootClock;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.plan.RouteOwners;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Probes the peers whose section has a `Probe` line. An answer tells the monitor that the peer is up, and sets
/// the loss and the round-trip times that its status shows.
///
/// A probe is only sent to an address that belongs to the peer by its allowed IPs: another peer's answer would
/// prove nothing. WireGuard itself drops an answer from any other peer.
public final class ProbeService implements PeerService {
    private final ProbeThread thread;
    private final MonitorContext monitor;
    private final Map<Integer, Map<PeerId, PeerView>> peers = new HashMap<>();
    private final Set<Integer> queued = new HashSet<>();
    /// What each peer's probe is now, as the thread was told.
    private final Map<PeerId, ProbeThread.Order> orders = new HashMap<>();
    private final Map<PeerId, Probe> refused = new HashMap<>();

    ProbeService(ProbeThread thread, MonitorContext monitor) {
        this.thread = thread;
        this.monitor = monitor;
    }

    /// Opens what a service for the calling thread's network namespace needs.
    public static PeerService.Factory open() throws IOException {
        EchoPort port = LinuxEcho.open();
        return monitor -> {
            ProbeThread thread = new ProbeThread(port, BootClock::nanos, new SecureRandom(), monitor);
            thread.start();
            return new ProbeService(thread, monitor);
        };
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        peers.computeIfAbsent(now.id().index(), _ -> new HashMap<>()).put(now.id(), now);
        boolean isProbed = probe(now).isPresent() || orders.containsKey(now.id());
        boolean owners = before == null
                || !before.device().allowedIps().equals(now.device().allowedIps());
        if (isProbed || owners && hasProbes(now.id().index())) {
            soon(now.id().index());
        }
    }

    @Override
    public void gone(PeerView last) {
        PeerId id = last.id();
        Map<PeerId, PeerView> ofInterface = peers.get(id.index());
        if (ofInterface != null) {
            ofInterface.remove(id);
            if (ofInterface.isEmpty()) {
                peers.remove(id.index());
            }
        }
        refused.remove(id);
        if (orders.remove(id) != null) {
            thread.stop(id);
        }
    }

    private static Optional<Probe> probe(PeerView peer) {
        return peer.settings().flatMap(PeerSection::probe);
    }

    private boolean hasProbes(int index) {
        for (PeerId id : orders.keySet()) {
            if (id.index() == index) {
                return true;
            }
        }
        for (PeerId id : refused.keySet()) {
            if (id.index() == index) {
                return true;
            }
        }
        return false;
    }

    /// Looks at the probes of an interface after this round, when all peers of a sample are known.
    private void soon(int index) {
        if (queued.add(index)) {
            monitor.execute(() -> update(index));
        }
    }

    private void update(int index) {
        queued.remove(index);
        Map<PeerId, PeerView> ofInterface = peers.get(index);
        if (ofInterface == null) {
            return;
        }
        List<RoutesOfPeer> networks = new ArrayList<>(ofInterface.size());
        for (PeerView peer : ofInterface.values()) {
            networks.add(new RoutesOfPeer(peer.id().key(), peer.device().allowedIps(), RoutesOfPeer.Mode.UNCHANGED));
        }
        RouteOwners owners = new RouteOwners(networks);
        for (PeerView peer : ofInterface.values()) {
            update(peer, owners);
        }
    }

    private void update(PeerView peer, RouteOwners owners) {
        PeerId id = peer.id();
        Optional<Probe> probe = probe(peer);
        boolean isOwn = probe.isPresent()
                && owners.of(IpPrefix.host(probe.get().address()))
                        .map(owner -> owner.peer().equals(id.key()))
                        .orElse(false);
        if (!isOwn) {
            if (orders.remove(id) != null) {
                thread.stop(id);
            }
            if (probe.isEmpty()) {
                refused.remove(id);
            } else if (!probe.get().equals(refused.put(id, probe.get()))) {
                monitor.report(
                        EventKind.MESSAGE,
                        id,
                        "no probe is sent to " + probe.get().address() + ": the peer's AllowedIPs do not lead there");
            }
            return;
        }
        refused.remove(id);
        ProbeThread.Order order = new ProbeThread.Order(peer.iface().text(), probe.get());
        if (!order.equals(orders.put(id, order))) {
            thread.probe(id, order);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
