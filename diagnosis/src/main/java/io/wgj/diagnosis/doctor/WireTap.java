// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.sys.CaptureSocket;
import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts WireGuard's messages on outer devices, by the endpoint at the other side. It reads no more of a message
/// than its type.
final class WireTap implements AutoCloseable {
    private static final int HEAD = 64;
    private static final int UDP_HEADER = 8;
    private static final int IPV6_HEADER = 40;
    private static final int LAST_TYPE = 4;

    private final int port;
    private final List<CaptureSocket> sockets = new ArrayList<>();
    private final Map<Endpoint.Numeric, Map<WireMessage, Sighting>> seen = new HashMap<>();

    /// @param port the interface's listen port
    WireTap(int port) {
        this.port = port;
    }

    /// Listens on one more device.
    void add(int index) throws SystemException {
        sockets.add(CaptureSocket.ofPort(index, port, HEAD));
    }

    List<CaptureSocket> sockets() {
        return sockets;
    }

    /// Counts all that is waiting.
    void drain(Instant now) {
        for (CaptureSocket socket : sockets) {
            Optional<CaptureSocket.Captured> packet = socket.receive();
            while (packet.isPresent()) {
                count(packet.get(), now);
                packet = socket.receive();
            }
        }
    }

    private void count(CaptureSocket.Captured packet, Instant now) {
        ByteBuffer head = packet.head();
        if (head.limit() == 0) {
            return;
        }
        boolean ipv4 = (head.get(0) & 0xf0) == 0x40;
        int udp = ipv4 ? (head.get(0) & 0x0f) * 4 : IPV6_HEADER;
        if (head.limit() < udp + UDP_HEADER + 4) {
            return;
        }
        int remote = head.getShort(udp + (packet.out() ? 2 : 0)) & 0xffff;
        int own = head.getShort(udp + (packet.out() ? 0 : 2)) & 0xffff;
        int type = Integer.reverseBytes(head.getInt(udp + UDP_HEADER));
        if (own != port || type < 1 || type > LAST_TYPE) {
            return;
        }
        byte[] address = new byte[ipv4 ? IpFamily.V4.bytes() : IpFamily.V6.bytes()];
        int source = ipv4 ? 12 : 8;
        head.get(packet.out() ? source + address.length : source, address);
        seen.computeIfAbsent(new Endpoint.Numeric(IpAddress.of(address), remote), _ -> new EnumMap<>(WireMessage.class))
                .merge(WireMessage.of(type, packet.out()), Sighting.once(now), (old, _) -> old.again(now));
    }

    /// What was seen so far.
    WireFacts facts(Endpoint.Numeric endpoint) {
        return new WireFacts(seen.getOrDefault(new Endpoint.Numeric(endpoint.address(), endpoint.port()), Map.of()));
    }

    @Override
    public void close() {
        sockets.forEach(CaptureSocket::close);
    }
}
