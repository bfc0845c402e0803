// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// A raw socket for ICMP echo of one family through one interface: it sends only there, and receives only what
/// came from there. Neither call waits. Needs CAP_NET_RAW. Not for several threads at once.
public final class EchoSocket implements AutoCloseable {
    private static final int SO_BINDTODEVICE = 25;
    private static final int SOL_RAW = 255;
    /// linux/icmp.h
    private static final int ICMP_FILTER = 1;

    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    /// netinet/icmp6.h
    private static final int ICMP6_FILTER = 1;

    private static final int ICMP6_FILTER_SIZE = 32;
    private static final int AF_PACKET = 17;
    /// linux/if_packet.h: without a link layer header.
    private static final int PACKET_DGRAM = 2;

    private static final int ETH_P_IPV6 = 0x86dd;
    /// `struct sockaddr_ll`: 0 u16 family, 2 u16 protocol in network order, 4 s32 index, …
    private static final int SOCKADDR_LL_SIZE = 20;

    private static final int MSG_NOSIGNAL = 0x4000;

    private static final int REQUEST = 8;
    private static final int REPLY = 0;
    private static final int REQUEST6 = 128;
    private static final int REPLY6 = 129;
    private static final int ICMP_HEADER = 8;
    /// The header, and a token of eight bytes.
    private static final int ICMP_LENGTH = 16;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int USUAL_HOP_LIMIT = 64;
    /// The largest packet that is sent or received whole.
    public static final int MOST = 9216;

    /// `struct msghdr` and the `struct iovec` behind it, as [NativeSocket] describes them.
    private static final int MSGHDR_SIZE = 72;

    private static final int ADDRESS_SIZE = 28;

    private final int descriptor;
    private final IpFamily family;
    private final int index;
    private final NativeMemory header = NativeMemory.allocate(MSGHDR_SIZE);
    private final NativeMemory address = NativeMemory.allocate(ADDRESS_SIZE);
    private final NativeMemory buffer = NativeMemory.allocate(MOST);
    private int packets = -1;
    private boolean closed;

    private EchoSocket(int descriptor, IpFamily family, int index) {
        this.descriptor = descriptor;
        this.family = family;
        this.index = index;
    }

    /// An echo reply.
    ///
    /// @param token of the request
    public record Reply(IpAddress from, int identifier, int sequence, long token) {}

    /// A socket for the interface of this name.
    ///
    /// @param index of the interface; `ENODEV` when another one has the name
    public static EchoSocket open(IpFamily family, String device, int index) throws SystemException {
        boolean ipv6 = family == IpFamily.V6;
        int descriptor = Libc.SOCKET.call(
                family.number(), NativeSocket.SOCK_RAW | UdpSocket.FLAGS, ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
        EchoSocket socket = new EchoSocket(descriptor, family, index);
        try {
            socket.bind(device);
            socket.acceptRepliesAlone();
            return socket;
        } catch (SystemException e) {
            socket.close();
            throw e;
        }
    }

    private void bind(String device) throws SystemException {
        try (NativeMemory name = NativeMemory.ofString(device)) {
            Libc.SETSOCKOPT.call(
                    descriptor, NativeSocket.SOL_SOCKET, SO_BINDTODEVICE, name.address(), device.length() + 1);
        }
        if (Interfaces.indexOf(device) != index) {
            throw new SystemException("setsockopt", Errno.ENODEV);
        }
    }

    private void acceptRepliesAlone() throws SystemException {
        if (family == IpFamily.V4) {
            UdpSocket.setOption(descriptor, SOL_RAW, ICMP_FILTER, ~(1 << REPLY));
            return;
        }
        try (NativeMemory filter = NativeMemory.allocate(ICMP6_FILTER_SIZE)) {
            byte[] blocked = new byte[ICMP6_FILTER_SIZE];
            Arrays.fill(blocked, (byte) 0xff);
            filter.bytes().put(0, blocked);
            int word = REPLY6 >> 5 << 2;
            filter.bytes().putInt(word, ~(1 << (REPLY6 & 31)));
            Libc.SETSOCKOPT.call(descriptor, IPPROTO_ICMPV6, ICMP6_FILTER, filter.address(), ICMP6_FILTER_SIZE);
        }
    }

    /// For `poll`: waiting until a reply may be there.
    public int descriptor() {
        return descriptor;
    }

    /// Sends an echo request. `ENETUNREACH` when no route of the interface leads to an IPv6 address; for IPv4 the
    /// kernel then sends it all the same.
    ///
    /// @param identifier and `sequence` have 16 bits
    /// @param token comes back with the reply
    public void request(IpAddress target, int identifier, int sequence, long token) throws SystemException {
        request(target, identifier, sequence, token, 0);
    }

    /// The same with a packet of a certain size.
    ///
    /// @param size of the IP packet in bytes; at least as large as without it, and [#MOST] at most
    public void request(IpAddress target, int identifier, int sequence, long token, int size) throws SystemException {
        int least = message(buffer.bytes(), 0, identifier, sequence, token);
        int payload = Math.min(size, MOST) - (family == IpFamily.V4 ? IPV4_HEADER : IPV6_HEADER);
        int length = Math.max(least, payload);
        // Zeros, which leave the checksum as it is.
        buffer.bytes().put(least, new byte[length - least]);
        ByteBuffer to = address.bytes();
        to.put(0, new byte[ADDRESS_SIZE]).putShort(0, (short) family.number());
        to.put(family == IpFamily.V6 ? 8 : 4, target.toBytes());
        if (family == IpFamily.V6 && target.isLinkLocal()) {
            to.putInt(24, index);
        }
        send(descriptor, family == IpFamily.V6 ? UdpSocket.SOCKADDR_IN6_SIZE : UdpSocket.SOCKADDR_IN_SIZE, length);
    }

    /// Sends an IPv6 echo request straight to the interface, past the routing tables and the firewall.
    public void requestPastRoutes(IpAddress source, IpAddress target, int identifier, int sequence, long token)
            throws SystemException {
        if (packets < 0) {
            packets = Libc.SOCKET.call(AF_PACKET, PACKET_DGRAM | UdpSocket.FLAGS, 0);
        }
        ByteBuffer packet = buffer.bytes();
        int length = message(packet, IPV6_HEADER, identifier, sequence, token);
        packet.order(ByteOrder.BIG_ENDIAN);
        packet.putInt(0, 6 << 28)
                .putShort(IPV6_PAYLOAD_LENGTH, (short) length)
                .put(IPV6_NEXT_HEADER, (byte) IPPROTO_ICMPV6)
                .put(IPV6_HOP_LIMIT, (byte) USUAL_HOP_LIMIT)
                .put(IPV6_SOURCE, source.toBytes())
                .put(IPV6_DESTINATION, target.toBytes());
        int sum = sum(packet, IPV6_SOURCE, 2 * IpFamily.V6.bytes()) + length + IPPROTO_ICMPV6;
        packet.putShort(IPV6_HEADER + 2, checksum(sum + sum(packet, IPV6_HEADER, length)));
        packet.order(ByteOrder.nativeOrder());
        ByteBuffer to = address.bytes();
        to.put(0, new byte[ADDRESS_SIZE]).putShort(0, (short) AF_PACKET).putInt(4, index);
        to.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) ETH_P_IPV6).order(ByteOrder.nativeOrder());
        send(packets, SOCKADDR_LL_SIZE, IPV6_HEADER + length);
    }

    /// Writes an ICMP message; for IPv6 without its checksum, which the kernel adds.
    private int message(ByteBuffer into, int at, int identifier, int sequence, long token) {
        into.order(ByteOrder.BIG_ENDIAN)
                .put(at, (byte) (family == IpFamily.V6 ? REQUEST6 : REQUEST))
                .put(at + 1, (byte) 0)
                .putShort(at + 2, (short) 0)
                .putShort(at + 4, (short) identifier)
                .putShort(at + 6, (short) sequence)
                .putLong(at + ICMP_HEADER, token);
        if (family == IpFamily.V4) {
            into.putShort(at + 2, checksum(sum(into, at, ICMP_LENGTH)));
        }
        into.order(ByteOrder.nativeOrder());
        return ICMP_LENGTH;
    }

    /// The sum of 16-bit words of RFC 1071; a byte at the end counts as the upper half of a word.
    private static int sum(ByteBuffer bytes, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes.get(from + i) & 0xff;
            sum += i % 2 == 0 ? value << 8 : value;
        }
        return sum;
    }

    private static short checksum(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (short) ~folded;
    }

    private void prepare(int addressSize, int length) {
        ByteBuffer message = header.bytes();
        message.putLong(0, address.address()).putInt(8, addressSize);
        message.putLong(16, header.address() + 56).putLong(24, 1);
        message.putLong(32, 0).putLong(40, 0).putInt(48, 0);
        message.putLong(56, buffer.address()).putLong(64, length);
    }

    private void send(int through, int addressSize, int length) throws SystemException {
        prepare(addressSize, length);
        Libc.SENDMSG.call(through, header.address(), MSG_NOSIGNAL);
    }

    /// The next echo reply; empty when none is waiting, or when the kernel reports an error of an earlier request
    /// instead.
    public Optional<Reply> receive() {
        while (true) {
            address.bytes().put(0, new byte[ADDRESS_SIZE]);
            prepare(ADDRESS_SIZE, MOST);
            int length = Libc.RECVMSG.attempt(descriptor, header.address(), 0);
            if (length < 0) {
                return Optional.empty();
            }
            Optional<Reply> reply = reply(length);
            if (reply.isPresent()) {
                return reply;
            }
        }
    }

    private Optional<Reply> reply(int length) {
        ByteBuffer packet = buffer.bytes();
        // A raw IPv4 socket receives the IP header too.
        int at = family == IpFamily.V4 && length >= IPV4_HEADER ? (packet.get(0) & 0x0f) * 4 : 0;
        boolean isReply = length >= at + ICMP_LENGTH
                && (family == IpFamily.V4
                        ? at >= IPV4_HEADER && packet.get(at) == REPLY
                        : packet.get(at) == (byte) REPLY6);
        if (!isReply) {
            return Optional.empty();
        }
        byte[] from = new byte[family.bytes()];
        address.bytes().get(family == IpFamily.V6 ? 8 : 4, from);
        packet.order(ByteOrder.BIG_ENDIAN);
        Reply reply = new Reply(
                IpAddress.of(from),
                packet.getShort(at + 4) & 0xffff,
                packet.getShort(at + 6) & 0xffff,
                packet.getLong(at + ICMP_HEADER));
        packet.order(ByteOrder.nativeOrder());
        return Optional.of(reply);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            if (packets >= 0) {
                Libc.CLOSE.raw(packets);
            }
            header.close();
            address.close();
            buffer.close();
        }
    }
}
