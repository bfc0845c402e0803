// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A raw ICMP socket of one family: it receives the errors that routers, other hosts and this host itself send
/// about UDP datagrams of this host. It never waits. Needs CAP_NET_RAW. Not for several threads at once.
public final class IcmpErrorSocket implements AutoCloseable {
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int UDP = 17;
    private static final int UNREACHABLE = 3;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER = 12;
    /// ICMPv6: errors have types below this one.
    private static final int ERRORS6 = 128;

    private static final int ICMP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int MOST = 2048;

    private final NativeSocket socket;
    private final IpFamily family;
    private final byte[] buffer = new byte[MOST];

    private IcmpErrorSocket(NativeSocket socket, IpFamily family) {
        this.socket = socket;
        this.family = family;
    }

    /// An error about a UDP datagram of this host.
    ///
    /// @param type and `code` of ICMP in this family
    /// @param from who says it
    /// @param destination of the datagram, with its two ports
    public record IcmpError(
            int type, int code, IpAddress from, IpAddress destination, int sourcePort, int destinationPort) {}

    /// A socket for the errors of one family; `EAFNOSUPPORT` on a host without it.
    public static IcmpErrorSocket open(IpFamily family) throws SystemException {
        int protocol = family == IpFamily.V4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
        return new IcmpErrorSocket(
                NativeSocket.open(family.number(), NativeSocket.SOCK_RAW | SOCK_NONBLOCK, protocol), family);
    }

    /// For `poll`: waiting until a message may be there.
    public int descriptor() {
        return socket.descriptor();
    }

    /// The next error; empty when none is waiting.
    public Optional<IcmpError> receive() {
        while (true) {
            NativeSocket.Received received;
            try {
                received = socket.receive(buffer);
            } catch (SystemException _) {
                return Optional.empty();
            }
            int length = Math.min(received.length(), MOST);
            ByteBuffer message = ByteBuffer.wrap(buffer, 0, length);
            Optional<IcmpError> error = family == IpFamily.V4 ? decode4(message) : decode6(message, received.sender());
            if (error.isPresent()) {
                return error;
            }
        }
    }

    /// A raw IPv4 socket receives the IP header too.
    static Optional<IcmpError> decode4(ByteBuffer packet) {
        if (packet.limit() < IPV4_HEADER) {
            return Optional.empty();
        }
        int at = (packet.get(0) & 0x0f) * 4;
        int inner = at + ICMP_HEADER;
        if (packet.limit() < inner + IPV4_HEADER) {
            return Optional.empty();
        }
        int type = packet.get(at) & 0xff;
        int ports = inner + (packet.get(inner) & 0x0f) * 4;
        boolean isError = type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER;
        if (!isError || packet.get(inner + 9) != UDP || packet.limit() < ports + 4) {
            return Optional.empty();
        }
        return Optional.of(new IcmpError(
                type,
                packet.get(at + 1) & 0xff,
                IpAddress.ofV4(packet.getInt(12)),
                IpAddress.ofV4(packet.getInt(inner + 16)),
                packet.getShort(ports) & 0xffff,
                packet.getShort(ports + 2) & 0xffff));
    }

    /// @param sender a `sockaddr_in6`
    static Optional<IcmpError> decode6(ByteBuffer message, ByteBuffer sender) {
        int ports = ICMP_HEADER + IPV6_HEADER;
        if (message.limit() < ports + 4 || (message.get(0) & 0xff) >= ERRORS6 || message.get(ICMP_HEADER + 6) != UDP) {
            return Optional.empty();
        }
        byte[] from = new byte[16];
        sender.get(8, from);
        byte[] destination = new byte[16];
        message.get(ICMP_HEADER + 24, destination);
        return Optional.of(new IcmpError(
                message.get(0) & 0xff,
                message.get(1) & 0xff,
                IpAddress.of(from),
                IpAddress.of(destination),
                message.getShort(ports) & 0xffff,
                message.getShort(ports + 2) & 0xffff));
    }

    @Override
    public void close() {
        socket.close();
    }
}
