// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.status.NamedPeers;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.PeerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the devices itself, and decides what their peers do as the monitor does. It sees only what happens
/// while it runs, so it knows less than a monitor.
final class OwnFeed implements StatusFeed {
    private final Host host;
    private final Optional<DeviceName> link;
    private final Map<DeviceName, Watched> watched = new HashMap<>();

    OwnFeed(Host host, Optional<DeviceName> link) {
        this.host = host;
        this.link = link;
    }

    /// What is kept about one interface.
    private record Watched(NamedPeers names, Map<PublicKey, SampledPeer> peers) {}

    @Override
    public MonitorStatus next() throws RefusalException {
        long seconds = host.nowSeconds();
        Instant now = Instant.ofEpochSecond(seconds);
        List<InterfaceStatus> interfaces = new ArrayList<>();
        List<DeviceName> names = names();
        for (DeviceName name : names) {
            try (WireGuardDevice device = host.devices().openToRead(name)) {
                interfaces.add(status(name, device.read(), now));
            } catch (DeviceException failure) {
                DeviceException examined = host.devices().examine(name, failure);
                boolean vanished = link.isEmpty() && examined.reason() == DeviceException.Reason.NOT_FOUND;
                if (!vanished) {
                    throw refusal(examined, "cannot read " + name);
                }
            }
        }
        watched.keySet().retainAll(new HashSet<>(names));
        return new MonitorStatus(now, interfaces);
    }

    private List<DeviceName> names() throws RefusalException {
        if (link.isPresent()) {
            return List.of(link.get());
        }
        try {
            return host.devices().list();
        } catch (DeviceException failure) {
            throw refusal(failure, "cannot list the interfaces");
        }
    }

    private InterfaceStatus status(DeviceName name, DeviceState state, Instant now) {
        Watched kept = watched.computeIfAbsent(name, one -> new Watched(NamedPeers.of(host, one), new HashMap<>()));
        long nanos = host.bootNanos();
        List<PeerStatus> peers = new ArrayList<>(state.peers().size());
        Set<PublicKey> present = new HashSet<>();
        for (PeerState peer : state.peers()) {
            present.add(peer.publicKey());
            SampledPeer sampled = kept.peers().computeIfAbsent(peer.publicKey(), key -> new SampledPeer());
            peers.add(sampled.sample(peer, kept.names().name(peer.publicKey()), nanos, now));
        }
        kept.peers().keySet().retainAll(present);
        return new InterfaceStatus(
                name,
                0,
                DeviceSource.KERNEL,
                state.publicKey(),
                state.listenPort(),
                state.fwmark(),
                peers,
                Optional.empty(),
                Optional.empty());
    }

    private static RefusalException refusal(DeviceException failure, String what) {
        return new RefusalException(
                ExitCode.of(failure), List.of(), List.of("watch: " + what + ": " + ErrorReport.explain(failure)));
    }
}
