// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the error queue of a UDP socket with `IP_RECVERR` or `IPV6_RECVERR` (ip(7)): what the network said about
/// datagrams that were sent. For one thread; reading allocates nothing. The getters describe the last error that
/// [#next] found.
///
/// Control message (linux/errqueue.h), behind its header of 16 bytes:
///
///     16 u32 errno   20 u8 origin   21 u8 type   22 u8 code   24 u32 info   28 u32 data   32 the sender's address
public final class DatagramErrors implements AutoCloseable {
    /// The error is an ICMP message (`SO_EE_ORIGIN_ICMP`).
    public static final int ORIGIN_ICMP = 2;
    /// The error is an ICMPv6 message (`SO_EE_ORIGIN_ICMP6`).
    public static final int ORIGIN_ICMP6 = 3;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_ERRQUEUE = 0x2000;
    /// `struct msghdr` (56 bytes) and one `struct iovec`: see [NativeSocket].
    private static final int IOVEC = 56;
    private static final int NAME = 80;
    private static final int CONTROL = 128;
    private static final int CONTROL_SIZE = 256;
    private static final int DATA = CONTROL + CONTROL_SIZE;
    private static final int DATA_SIZE = 64;
    private static final int LEAST_LENGTH = 16 + 16 + UdpSocket.SOCKADDR_IN_SIZE;

    private final NativeMemory header = NativeMemory.allocate(DATA + DATA_SIZE);
    /// The same bytes in network order.
    private final ByteBuffer wire;
    /// Where the control message with the error starts.
    private int at;

    public DatagramErrors() {
        wire = NativeMemory.view(header.address(), DATA).order(ByteOrder.BIG_ENDIAN);
        header.bytes()
                .putLong(0, header.address() + NAME)
                .putLong(16, header.address() + IOVEC)
                .putLong(24, 1)
                .putLong(32, header.address() + CONTROL)
                .putLong(IOVEC, header.address() + DATA)
                .putLong(IOVEC + 8, DATA_SIZE);
    }

    /// Takes the next error out of the queue; false when there is none. What is taken out can no longer fail a
    /// call on the socket.
    public boolean next(int descriptor) {
        ByteBuffer message = header.bytes();
        while (true) {
            message.putInt(8, UdpSocket.SOCKADDR_IN6_SIZE).putLong(40, CONTROL_SIZE);
            if (Libc.RECVMSG.attempt(descriptor, header.address(), MSG_DONTWAIT | MSG_ERRQUEUE) < 0) {
                return false;
            }
            at = find((int) message.getLong(40));
            if (at > 0) {
                return true;
            }
        }
    }

    private int find(int size) {
        ByteBuffer message = header.bytes();
        int end = CONTROL + size;
        for (int place = CONTROL; place + LEAST_LENGTH <= end; ) {
            int length = (int) message.getLong(place);
            if (length < 16 || place + length > end) {
                return 0;
            }
            int level = message.getInt(place + 8);
            int type = message.getInt(place + 12);
            if (length >= LEAST_LENGTH
                    && (level == UdpSocket.IPPROTO_IP && type == UdpSocket.IP_RECVERR
                            || level == UdpSocket.IPPROTO_IPV6 && type == UdpSocket.IPV6_RECVERR)) {
                return place;
            }
            place += length + 7 & ~7;
        }
        return 0;
    }

    /// The errno that a call on the socket would have failed with.
    public int errno() {
        return header.bytes().getInt(at + 16);
    }

    /// Who found the error: [#ORIGIN_ICMP], [#ORIGIN_ICMP6], or another number for this host itself.
    public int origin() {
        return header.bytes().get(at + 20) & 0xff;
    }

    /// The ICMP type.
    public int type() {
        return header.bytes().get(at + 21) & 0xff;
    }

    /// The ICMP code.
    public int code() {
        return header.bytes().get(at + 22) & 0xff;
    }

    /// Whether the destination of the datagram is an IPv6 address.
    public boolean ipv6() {
        return header.bytes().getShort(NAME) == UdpSocket.AF_INET6;
    }

    /// The first half of an IPv6 destination; 0 for IPv4.
    public long destinationHigh() {
        return ipv6() ? wire.getLong(NAME + 8) : 0;
    }

    /// The second half of an IPv6 destination; an IPv4 address in the low 32 bits.
    public long destinationLow() {
        return ipv6() ? wire.getLong(NAME + 16) : wire.getInt(NAME + 4) & 0xffff_ffffL;
    }

    public int destinationPort() {
        return wire.getShort(NAME + 2) & 0xffff;
    }

    /// Whether the kernel reported who sent the ICMP message.
    public boolean hasSender() {
        int family = header.bytes().getShort(at + 32);
        return family == UdpSocket.AF_INET || family == UdpSocket.AF_INET6;
    }

    /// Whether the sender of the ICMP message has an IPv6 address.
    public boolean senderIsIpv6() {
        return header.bytes().getShort(at + 32) == UdpSocket.AF_INET6;
    }

    /// The first half of an IPv6 sender; 0 for IPv4.
    public long senderHigh() {
        return senderIsIpv6() ? wire.getLong(at + 40) : 0;
    }

    /// The second half of an IPv6 sender; an IPv4 address in the low 32 bits.
    public long senderLow() {
        return senderIsIpv6() ? wire.getLong(at + 48) : wire.getInt(at + 36) & 0xffff_ffffL;
    }

    @Override
    public void close() {
        header.close();
    }
}
