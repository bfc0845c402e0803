// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Sends UDP datagrams from a chosen local address, and several of one size in one call (`UDP_SEGMENT`). For
/// one thread; addressing and sending allocate nothing.
///
///     sender.load(array, offset, length);
///     sender.to(ipv6, high, low, port, scope);
///     sender.from(high, low); // or fromAny()
///     int result = sender.send(descriptor, 0, length, segmentSize);
public final class DatagramSender implements AutoCloseable {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /// `struct msghdr` (56 bytes) and one `struct iovec`: see [NativeSocket]. Control messages: see
    /// [DatagramReceiver].
    private static final int IOVEC = 56;

    private static final int NAME = 80;
    private static final int CONTROL = 128;
    private static final int CONTROL_SIZE = 64;
    /// A socket address, for [#sourceIsLocal].
    private static final int PROBE = CONTROL + CONTROL_SIZE;

    private final NativeMemory header = NativeMemory.allocate(PROBE + UdpSocket.SOCKADDR_IN6_SIZE);
    /// The same bytes in network order.
    private final ByteBuffer wire;

    private final NativeMemory data;
    private boolean ipv6;
    /// The bytes of the control message for the local address.
    private int sourceSize;

    /// @param most the bytes of one call
    public DatagramSender(int most) {
        data = NativeMemory.allocate(most);
        wire = NativeMemory.view(header.address(), PROBE + UdpSocket.SOCKADDR_IN6_SIZE)
                .order(ByteOrder.BIG_ENDIAN);
        header.bytes()
                .putLong(0, header.address() + NAME)
                .putLong(16, header.address() + IOVEC)
                .putLong(24, 1);
    }

    /// Copies the bytes to send.
    public void load(byte[] from, int offset, int length) {
        data.bytes().put(0, from, offset, length);
    }

    /// Sets the destination. An IPv4 address is in the low 32 bits of `low`.
    public void to(boolean toIpv6, long high, long low, int port, int scope) {
        ipv6 = toIpv6;
        ByteBuffer message = header.bytes();
        message.putInt(8, ipv6 ? UdpSocket.SOCKADDR_IN6_SIZE : UdpSocket.SOCKADDR_IN_SIZE);
        message.putShort(NAME, (short) (ipv6 ? UdpSocket.AF_INET6 : UdpSocket.AF_INET));
        wire.putShort(NAME + 2, (short) port);
        if (ipv6) {
            message.putInt(NAME + 4, 0).putInt(NAME + 24, scope);
            wire.putLong(NAME + 8, high).putLong(NAME + 16, low);
        } else {
            wire.putInt(NAME + 4, (int) low).putLong(NAME + 8, 0);
        }
    }

    /// Leaves the local address to the kernel.
    public void fromAny() {
        sourceSize = 0;
    }

    /// Sets the local address, of the destination's family. Routing alone chooses the interface. When
    /// `IP_PKTINFO` names an interface and routing has no route to the destination, or forbids it, the kernel
    /// treats the destination as a neighbour on that interface and sends anyway.
    public void from(long high, long low) {
        ByteBuffer message = header.bytes();
        if (ipv6) {
            message.putLong(CONTROL, 36).putInt(CONTROL + 8, UdpSocket.IPPROTO_IPV6);
            message.putInt(CONTROL + 12, UdpSocket.IPV6_PKTINFO).putInt(CONTROL + 32, 0);
            wire.putLong(CONTROL + 16, high).putLong(CONTROL + 24, low);
            sourceSize = 40;
        } else {
            message.putLong(CONTROL, 28).putInt(CONTROL + 8, UdpSocket.IPPROTO_IP);
            message.putInt(CONTROL + 12, UdpSocket.IP_PKTINFO).putInt(CONTROL + 16, 0);
            wire.putInt(CONTROL + 20, (int) low).putInt(CONTROL + 24, 0);
            sourceSize = 32;
        }
    }

    /// Whether the address set by [#from] is one of this host's addresses now: a socket can be bound to it.
    /// True when the check itself fails.
    public boolean sourceIsLocal() {
        int family = ipv6 ? UdpSocket.AF_INET6 : UdpSocket.AF_INET;
        int descriptor = Libc.SOCKET.attempt(family, UdpSocket.SOCK_DGRAM | UdpSocket.FLAGS, 0);
        if (descriptor < 0) {
            return true;
        }
        header.bytes().putLong(PROBE, 0).putShort(PROBE, (short) family);
        if (ipv6) {
            wire.putLong(PROBE + 8, wire.getLong(CONTROL + 16)).putLong(PROBE + 16, wire.getLong(CONTROL + 24));
            header.bytes().putInt(PROBE + 24, 0);
        } else {
            wire.putInt(PROBE + 4, wire.getInt(CONTROL + 20)).putLong(PROBE + 8, 0);
        }
        int size = ipv6 ? UdpSocket.SOCKADDR_IN6_SIZE : UdpSocket.SOCKADDR_IN_SIZE;
        int result = Libc.BIND.attempt(descriptor, header.address() + PROBE, size);
        Libc.CLOSE.raw(descriptor);
        return result != -Errno.EADDRNOTAVAIL;
    }

    /// Sends a part of the loaded bytes.
    ///
    /// @param segmentSize 0 for one datagram
    /// @return the bytes sent, or minus the error number
    public int send(int descriptor, int offset, int length, int segmentSize) {
        ByteBuffer message = header.bytes();
        message.putLong(IOVEC, data.address() + offset).putLong(IOVEC + 8, length);
        int size = sourceSize;
        if (segmentSize > 0) {
            int at = CONTROL + size;
            message.putLong(at, 18).putInt(at + 8, UdpSocket.IPPROTO_UDP).putInt(at + 12, UdpSocket.UDP_SEGMENT);
            message.putShort(at + 16, (short) segmentSize);
            size += 24;
        }
        message.putLong(32, size == 0 ? 0 : header.address() + CONTROL).putLong(40, size);
        return Libc.SENDMSG.attempt(descriptor, header.address(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    @Override
    public void close() {
        header.close();
        data.close();
    }
}
