// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeSocket;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UdpSocket;
import org.jspecify.annotations.Nullable;

/// An IPv4 and an IPv6 socket on the same port. On a host with one family there is one socket.
///
/// @param sendsTrains whether the kernel knows `UDP_SEGMENT`
/// @param receivesTrains whether `UDP_GRO` is set on all of them
record BoundPair(
        @Nullable UdpSocket ipv4, @Nullable UdpSocket ipv6, int port, boolean sendsTrains, boolean receivesTrains)
        implements AutoCloseable {
    /// The port that the kernel gave to the first socket may be in use in the other family.
    private static final int MOST_TRIES = 100;

    private static final int BUFFER = 7 << 20;

    /// Binds both sockets. A warm-up of this process gives the port up.
    ///
    /// @param port 0 for any that is free in both families
    static BoundPair bind(int port, boolean receiveTrains, int mark) throws SystemException {
        int tries = 0;
        while (true) {
            try {
                return bindOnce(port, receiveTrains, mark);
            } catch (SystemException e) {
                boolean again =
                        e.errno().is(Errno.EADDRINUSE) && (port == 0 ? ++tries < MOST_TRIES : LoopbackPorts.free(port));
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private static BoundPair bindOnce(int wanted, boolean receiveTrains, int mark) throws SystemException {
        UdpSocket four = null;
        UdpSocket six = null;
        try {
            four = open(IpFamily.V4, mark);
            int port = four == null ? wanted : four.bind(wanted);
            six = open(IpFamily.V6, mark);
            if (six != null) {
                port = six.bind(port);
            }
            UdpSocket any = four == null ? six : four;
            if (any == null) {
                throw new SystemException("socket", new Errno(Errno.EAFNOSUPPORT));
            }
            boolean receives = receiveTrains && joins(four) && joins(six);
            return new BoundPair(four, six, port, knowsTrains(any), receives);
        } catch (SystemException e) {
            close(four);
            close(six);
            throw e;
        }
    }

    /// Binds to a free port of the loopback's addresses, which only this host reaches, one of [LoopbackPorts]. The
    /// IPv6 one is left out where there is none.
    static BoundPair loopback(boolean receiveTrains) throws SystemException {
        UdpSocket four = open(IpFamily.V4, 0);
        if (four == null) {
            throw new SystemException("socket", new Errno(Errno.EAFNOSUPPORT));
        }
        try {
            int port = bindLoopback(four);
            UdpSocket six = loopback6(port);
            boolean receives = receiveTrains && joins(four) && joins(six);
            return new BoundPair(four, six, port, knowsTrains(four), receives);
        } catch (SystemException e) {
            four.close();
            throw e;
        }
    }

    private static int bindLoopback(UdpSocket four) throws SystemException {
        int tries = 0;
        while (true) {
            try {
                return four.bindLoopback(LoopbackPorts.candidate(tries));
            } catch (SystemException e) {
                if (!e.errno().is(Errno.EADDRINUSE) || ++tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable UdpSocket loopback6(int port) throws SystemException {
        UdpSocket six = open(IpFamily.V6, 0);
        try {
            if (six != null) {
                six.bindLoopback(port);
            }
            return six;
        } catch (SystemException _) {
            close(six);
            return null;
        }
    }

    private static @Nullable UdpSocket open(IpFamily family, int mark) throws SystemException {
        UdpSocket socket;
        try {
            socket = UdpSocket.open(family);
        } catch (SystemException e) {
            if (e.errno().is(Errno.EAFNOSUPPORT)) {
                return null;
            }
            throw e;
        }
        try {
            setUp(socket, family, mark);
            return socket;
        } catch (SystemException e) {
            socket.close();
            throw e;
        }
    }

    private static void setUp(UdpSocket socket, IpFamily family, int mark) throws SystemException {
        if (family == IpFamily.V6) {
            socket.setOption(UdpSocket.IPPROTO_IPV6, UdpSocket.IPV6_V6ONLY, 1);
            socket.setOption(UdpSocket.IPPROTO_IPV6, UdpSocket.IPV6_RECVPKTINFO, 1);
            socket.setOption(UdpSocket.IPPROTO_IPV6, UdpSocket.IPV6_RECVERR, 1);
        } else {
            socket.setOption(UdpSocket.IPPROTO_IP, UdpSocket.IP_PKTINFO, 1);
            socket.setOption(UdpSocket.IPPROTO_IP, UdpSocket.IP_RECVERR, 1);
        }
        if (mark != 0) {
            socket.setOption(NativeSocket.SOL_SOCKET, UdpSocket.SO_MARK, mark);
        }
        enlarge(socket, NativeSocket.SO_RCVBUFFORCE, NativeSocket.SO_RCVBUF);
        enlarge(socket, NativeSocket.SO_SNDBUFFORCE, NativeSocket.SO_SNDBUF);
    }

    /// Makes the kernel hand over several datagrams at once; false where it cannot. A family that this host
    /// lacks does not count.
    private static boolean joins(@Nullable UdpSocket socket) {
        return socket == null || setIfKnown(socket, UdpSocket.IPPROTO_UDP, UdpSocket.UDP_GRO, 1);
    }

    /// Enlarges a buffer past the system's limit with CAP_NET_ADMIN, else up to the limit.
    private static void enlarge(UdpSocket socket, int forced, int polite) {
        if (!setIfKnown(socket, NativeSocket.SOL_SOCKET, forced, BUFFER)) {
            setIfKnown(socket, NativeSocket.SOL_SOCKET, polite, BUFFER);
        }
    }

    private static boolean setIfKnown(UdpSocket socket, int level, int name, int value) {
        try {
            socket.setOption(level, name, value);
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    private static boolean knowsTrains(UdpSocket socket) {
        try {
            socket.option(UdpSocket.IPPROTO_UDP, UdpSocket.UDP_SEGMENT);
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    /// Closes these descriptors, but not their duplicates.
    @Override
    public void close() {
        close(ipv4);
        close(ipv6);
    }

    private static void close(@Nullable UdpSocket socket) {
        if (socket != null) {
            socket.close();
        }
    }
}
