// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.IpFamily;
import java.nio.ByteOrder;

/// A non-blocking UDP socket of one family: its options and its port. [DatagramReceiver] and [DatagramSender]
/// transfer its datagrams.
public final class UdpSocket implements AutoCloseable {
    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_UDP = 17;
    public static final int IPPROTO_IPV6 = 41;
    public static final int SO_MARK = 36;
    public static final int IP_PKTINFO = 8;
    /// linux/in.h: ICMP errors go to the socket's error queue, which [DatagramErrors] reads.
    public static final int IP_RECVERR = 11;
    /// The same for IPv6 (linux/in6.h).
    public static final int IPV6_RECVERR = 25;
    public static final int IPV6_V6ONLY = 26;
    public static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    /// linux/udp.h, from 4.18 on.
    public static final int UDP_SEGMENT = 103;
    /// linux/udp.h, from 5.0 on.
    public static final int UDP_GRO = 104;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    private static final int LOOPBACK = 127 << 24 | 1;
    static final int SOCK_DGRAM = 2;
    /// `SOCK_NONBLOCK` and `SOCK_CLOEXEC`
    static final int FLAGS = 0x80800;
    /// `struct sockaddr_in` (netinet/in.h): 0 u16 family, 2 u16 port, 4 address; `sockaddr_in6`: 0 u16
    /// family, 2 u16 port, 4 u32 flow, 8 address, 24 u32 scope. Ports and addresses in network order.
    static final int SOCKADDR_IN_SIZE = 16;

    static final int SOCKADDR_IN6_SIZE = 28;
    private static final int O_CLOEXEC = 0x80000;

    private final int descriptor;
    private final IpFamily family;
    private boolean closed;

    private UdpSocket(int descriptor, IpFamily family) {
        this.descriptor = descriptor;
        this.family = family;
    }

    /// A new socket. `EAFNOSUPPORT` on a host without that family.
    public static UdpSocket open(IpFamily family) throws SystemException {
        return new UdpSocket(Libc.SOCKET.call(family.number(), SOCK_DGRAM | FLAGS, 0), family);
    }

    public int descriptor() {
        return descriptor;
    }

    /// Sets an option whose value is an `int`.
    public void setOption(int level, int name, int value) throws SystemException {
        setOption(descriptor, level, name, value);
    }

    /// Sets an `int` option of the socket with this descriptor.
    public static void setOption(int descriptor, int level, int name, int value) throws SystemException {
        try (NativeMemory memory = NativeMemory.allocate(4)) {
            memory.bytes().putInt(0, value);
            Libc.SETSOCKOPT.call(descriptor, level, name, memory.address(), 4);
        }
    }

    /// The value of an `int` option.
    public int option(int level, int name) throws SystemException {
        try (NativeMemory memory = NativeMemory.allocate(8)) {
            memory.bytes().putInt(4, 4);
            Libc.GETSOCKOPT.call(descriptor, level, name, memory.address(), memory.address() + 4);
            return memory.bytes().getInt(0);
        }
    }

    /// Binds to a port of every local address; `EADDRINUSE` when it is taken.
    ///
    /// @param port 0 for any that is free
    /// @return the port
    public int bind(int port) throws SystemException {
        return bind(false, port);
    }

    /// Binds to a port of 127.0.0.1 or ::1, which is unreachable from other hosts.
    ///
    /// @param port 0 for any that is free
    /// @return the port
    public int bindLoopback(int port) throws SystemException {
        return bind(true, port);
    }

    private int bind(boolean loopback, int port) throws SystemException {
        boolean ipv6 = family == IpFamily.V6;
        int size = ipv6 ? SOCKADDR_IN6_SIZE : SOCKADDR_IN_SIZE;
        try (NativeMemory address = NativeMemory.allocate(SOCKADDR_IN6_SIZE + 4)) {
            address.bytes().putShort(0, (short) family.number());
            address.bytes().order(ByteOrder.BIG_ENDIAN).putShort(2, (short) port);
            if (loopback) {
                address.bytes().putInt(ipv6 ? 20 : 4, ipv6 ? 1 : LOOPBACK);
            }
            Libc.BIND.call(descriptor, address.address(), size);
            address.bytes().order(ByteOrder.nativeOrder()).putInt(SOCKADDR_IN6_SIZE, size);
            Libc.GETSOCKNAME.call(descriptor, address.address(), address.address() + SOCKADDR_IN6_SIZE);
            return address.bytes().order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xffff;
        }
    }

    /// Replaces the open descriptor `place` by a copy of `descriptor`, in one step: a thread that uses
    /// `place` finds either the old file or the new one.
    public static void replace(int descriptor, int place) throws SystemException {
        Libc.DUP3.call(descriptor, place, O_CLOEXEC);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
        }
    }
}
