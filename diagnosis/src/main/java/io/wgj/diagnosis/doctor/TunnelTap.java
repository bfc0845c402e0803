// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.CaptureSocket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts the packets that go into the interface and come out of it, by peer. It reads their addresses alone.
final class TunnelTap implements AutoCloseable {
    static final int HEAD = 40;
    private static final int IPV4_HEADER = 20;
    private static final int MOST_ADDRESSES = 64;
    private static final int MULTICAST4 = 224;
    private static final int MULTICAST6 = 0xff;

    private final CaptureSocket socket;
    private final List<PeerState> peers;
    private final Set<IpAddress> own;
    private final Map<PublicKey, Integer> sent = new HashMap<>();
    private final Map<PublicKey, Integer> arrived = new HashMap<>();
    private final Map<IpAddress, Integer> sources = new HashMap<>();
    private final Map<IpAddress, Integer> unowned = new HashMap<>();
    private final Map<PublicKey, Map<IpAddress, Integer>> foreign = new HashMap<>();

    /// @param own all addresses of this host
    TunnelTap(CaptureSocket socket, List<PeerState> peers, Set<IpAddress> own) {
        this.socket = socket;
        this.peers = peers;
        this.own = own;
    }

    CaptureSocket socket() {
        return socket;
    }

    /// Counts all that is waiting.
    void drain() {
        Optional<CaptureSocket.Captured> packet = socket.receive();
        while (packet.isPresent()) {
            count(packet.get());
            packet = socket.receive();
        }
    }

    private void count(CaptureSocket.Captured packet) {
        ByteBuffer head = packet.head();
        boolean ipv4 = head.limit() >= IPV4_HEADER && (head.get(0) & 0xf0) == 0x40;
        if (!ipv4 && head.limit() < HEAD) {
            return;
        }
        int source = ipv4 ? 12 : 8;
        int bytes = ipv4 ? IpFamily.V4.bytes() : IpFamily.V6.bytes();
        IpAddress from = address(head, source, bytes);
        IpAddress to = address(head, source + bytes, bytes);
        if (isMulticast(to)) {
            return;
        }
        Optional<PublicKey> peer = peerOf(packet.out() ? to : from);
        if (packet.out()) {
            if (peer.isPresent()) {
                sent.merge(peer.get(), 1, Integer::sum);
            } else if (!to.isLinkLocal()) {
                add(unowned, to);
            }
        } else if (peer.isPresent()) {
            arrived.merge(peer.get(), 1, Integer::sum);
            add(sources, from);
            if (!own.contains(to)) {
                add(foreign.computeIfAbsent(peer.get(), _ -> new HashMap<>()), to);
            }
        }
    }

    private static void add(Map<IpAddress, Integer> counts, IpAddress address) {
        if (counts.containsKey(address) || counts.size() < MOST_ADDRESSES) {
            counts.merge(address, 1, Integer::sum);
        }
    }

    private static IpAddress address(ByteBuffer head, int at, int bytes) {
        byte[] address = new byte[bytes];
        head.get(at, address);
        return IpAddress.of(address);
    }

    private static boolean isMulticast(IpAddress address) {
        int first = address.toBytes()[0] & 0xff;
        return address.family() == IpFamily.V4 ? first >= MULTICAST4 : first == MULTICAST6;
    }

    /// The peer whose allowed IPs have the longest prefix that covers the address.
    private Optional<PublicKey> peerOf(IpAddress address) {
        int best = -1;
        Optional<PublicKey> owner = Optional.empty();
        for (PeerState peer : peers) {
            for (IpPrefix prefix : peer.allowedIps()) {
                if (prefix.length() > best && prefix.family() == address.family() && prefix.contains(address)) {
                    best = prefix.length();
                    owner = Optional.of(peer.publicKey());
                }
            }
        }
        return owner;
    }

    int sent(PublicKey peer) {
        return sent.getOrDefault(peer, 0);
    }

    int arrived(PublicKey peer) {
        return arrived.getOrDefault(peer, 0);
    }

    /// How many packets came from an address; 0 also when many others came before it.
    int from(IpAddress address) {
        return sources.getOrDefault(address, 0);
    }

    Map<IpAddress, Integer> unowned() {
        return unowned;
    }

    Map<IpAddress, Integer> foreign(PublicKey peer) {
        return foreign.getOrDefault(peer, Map.of());
    }

    @Override
    public void close() {
        socket.close();
    }
}
