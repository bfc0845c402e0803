// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Receives UDP datagrams together with what the kernel reports about them: the sender, the local address,
/// and with `UDP_GRO` the size of the datagrams that arrived as one. For one thread; receiving allocates
/// nothing. The getters describe the last successful call.
///
/// Control messages (bits/socket.h), each padded to a multiple of eight:
///
///     0 u64 length of header and data   8 s32 level   12 s32 type   16 data
public final class DatagramReceiver implements AutoCloseable {
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    /// `struct msghdr` (56 bytes) and one `struct iovec`: see [NativeSocket].
    private static final int IOVEC = 56;
    private static final int NAME = 80;
    private static final int CONTROL = 128;
    private static final int CONTROL_SIZE = 256;

    private final NativeMemory header = NativeMemory.allocate(CONTROL + CONTROL_SIZE);
    /// The same bytes in network order.
    private final ByteBuffer wire;

    private final NativeMemory data;
    private int segmentSize;
    private boolean hasLocal;
    private long localHigh;
    private long localLow;
    private int localInterface;

    /// @param most the bytes of one call; the kernel drops what is longer
    public DatagramReceiver(int most) {
        data = NativeMemory.allocate(most);
        wire = NativeMemory.view(header.address(), CONTROL + CONTROL_SIZE).order(ByteOrder.BIG_ENDIAN);
        header.bytes()
                .putLong(0, header.address() + NAME)
                .putLong(16, header.address() + IOVEC)
                .putLong(24, 1)
                .putLong(32, header.address() + CONTROL)
                .putLong(IOVEC, data.address())
                .putLong(IOVEC + 8, most);
    }

    /// Receives one datagram, or several joined into one.
    ///
    /// @return the bytes received, or minus the error number: `EAGAIN` when nothing is queued, `EMSGSIZE` for
    ///     a datagram that does not fit and is lost
    public int receive(int descriptor, byte[] into) {
        ByteBuffer message = header.bytes();
        message.putInt(8, UdpSocket.SOCKADDR_IN6_SIZE).putLong(40, CONTROL_SIZE);
        int length = Libc.RECVMSG.attempt(descriptor, header.address(), MSG_DONTWAIT);
        if (length < 0) {
            return length;
        }
        if ((message.getInt(48) & MSG_TRUNC) != 0) {
            return -Errno.EMSGSIZE;
        }
        data.bytes().get(0, into, 0, length);
        segmentSize = 0;
        hasLocal = false;
        localHigh = localLow = localInterface = 0;
        readControl((int) message.getLong(40));
        return length;
    }

    private void readControl(int size) {
        ByteBuffer message = header.bytes();
        int at = CONTROL;
        int end = CONTROL + size;
        while (at + 16 <= end) {
            int length = (int) message.getLong(at);
            if (length < 16 || at + length > end) {
                return;
            }
            readControl(message.getInt(at + 8), message.getInt(at + 12), at + 16, length - 16);
            at += length + 7 & ~7;
        }
    }

    private void readControl(int level, int type, int at, int length) {
        if (level == UdpSocket.IPPROTO_UDP && type == UdpSocket.UDP_GRO && length >= 4) {
            segmentSize = header.bytes().getInt(at);
        } else if (level == UdpSocket.IPPROTO_IP && type == UdpSocket.IP_PKTINFO && length >= 12) {
            // struct in_pktinfo: 0 s32 interface, 4 the local address, 8 the destination in the packet.
            hasLocal = true;
            localInterface = header.bytes().getInt(at);
            localLow = wire.getInt(at + 4) & 0xffff_ffffL;
        } else if (level == UdpSocket.IPPROTO_IPV6 && type == UdpSocket.IPV6_PKTINFO && length >= 20) {
            // struct in6_pktinfo: 0 the destination, 16 u32 interface.
            hasLocal = true;
            localHigh = wire.getLong(at);
            localLow = wire.getLong(at + 8);
            localInterface = header.bytes().getInt(at + 16);
        }
    }

    /// The size of each datagram but the last; 0 when only one arrived.
    public int segmentSize() {
        return segmentSize;
    }

    public boolean ipv6() {
        return header.bytes().getShort(NAME) == UdpSocket.AF_INET6;
    }

    /// The first half of an IPv6 sender; 0 for IPv4.
    public long senderHigh() {
        return ipv6() ? wire.getLong(NAME + 8) : 0;
    }

    /// The second half of an IPv6 sender; an IPv4 address in the low 32 bits.
    public long senderLow() {
        return ipv6() ? wire.getLong(NAME + 16) : wire.getInt(NAME + 4) & 0xffff_ffffL;
    }

    public int senderPort() {
        return wire.getShort(NAME + 2) & 0xffff;
    }

    /// The interface of a link-local IPv6 sender; else 0.
    public int senderScope() {
        return ipv6() ? header.bytes().getInt(NAME + 24) : 0;
    }

    /// Whether the kernel reported the local address.
    public boolean hasLocal() {
        return hasLocal;
    }

    public long localHigh() {
        return localHigh;
    }

    public long localLow() {
        return localLow;
    }

    /// The interface that the datagrams arrived on.
    public int localInterface() {
        return localInterface;
    }

    @Override
    public void close() {
        header.close();
        data.close();
    }
}
