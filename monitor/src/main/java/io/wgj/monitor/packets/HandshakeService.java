// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.packets;

import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Has the kernel's devices sampled when a message of a handshake has come in for one of their ports, so that a
/// peer that returns is seen at once. A message proves nothing: it may be forged, and the sample shows what became
/// of it.
public final class HandshakeService implements PeerService {
    private static final long MILLI = 1_000_000;
    /// The kernel handles the message after the packet socket has seen it.
    private static final long FIRST_LOOK = 30 * MILLI;
    /// The initiator's first packet completes the handshake at the responder, a round trip later.
    private static final long SECOND_LOOK = 250 * MILLI;

    private final MonitorContext monitor;
    private final HandshakePort port;
    private final Map<Integer, Device> devices = new HashMap<>();
    private Set<Integer> listening = Set.of();
    private boolean isPlanned;

    /// One interface of the kernel.
    private static final class Device {
        private final Set<PeerId> peers = new LinkedHashSet<>();
        private int port;
    }

    /// @param ports makes the port to packet sockets
    public HandshakeService(HandshakePort.Factory ports, MonitorContext monitor) {
        this.monitor = monitor;
        port = ports.of(() -> monitor.execute(() -> seen()));
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        if (now.source() != DeviceSource.KERNEL) {
            return;
        }
        Device device = devices.computeIfAbsent(now.id().index(), _ -> new Device());
        device.peers.add(now.id());
        if (device.port != now.listenPort()) {
            device.port = now.listenPort();
            listen();
        }
    }

    @Override
    public void gone(PeerView last) {
        Device device = devices.get(last.id().index());
        if (device != null) {
            device.peers.remove(last.id());
            if (device.peers.isEmpty()) {
                devices.remove(last.id().index());
                listen();
            }
        }
    }

    private void listen() {
        Set<Integer> ports = new HashSet<>();
        for (Device device : devices.values()) {
            if (device.port != 0) {
                ports.add(device.port);
            }
        }
        if (!ports.equals(listening)) {
            listening = ports;
            port.listenTo(ports);
        }
    }

    /// A message has come in, for one of the devices: which of them is not worth asking for.
    private void seen() {
        if (isPlanned) {
            return;
        }
        isPlanned = true;
        long now = monitor.bootNanos();
        monitor.at(now + FIRST_LOOK, this::sample);
        monitor.at(now + SECOND_LOOK, () -> {
            isPlanned = false;
            sample();
        });
    }

    private void sample() {
        for (Device device : devices.values()) {
            monitor.sampleSoon(device.peers.iterator().next());
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
