// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.sys.NativeSocket;
import io.wgj.netlink.sys.SystemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A netlink socket of this machine. Belongs to the network namespace of the thread that opens it.
public final class LinuxNetlinkSocket implements NetlinkSocket {
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    /// `struct sockaddr_nl` (linux/netlink.h): 0 u16 family, 2 u16 pad, 4 u32 pid, 8 u32 groups.
    private static final int SOCKADDR_NL_SIZE = 12;

    /// The kernel fills the datagrams of a dump up to the largest buffer that a reader has offered, 32 KiB at
    /// most.
    private static final int RECEIVE_SIZE = 1 << 16;

    /// Room for a message of 64 KiB with the kernel's overhead, and for a dump in flight.
    private static final int SOCKET_BUFFER = 1 << 20;

    private final NativeSocket socket;
    private final int portId;
    private byte[] buffer = new byte[RECEIVE_SIZE];

    private LinuxNetlinkSocket(NativeSocket socket, int portId) {
        this.socket = socket;
        this.portId = portId;
    }

    /// Opens a socket for one protocol.
    ///
    /// @param protocol `NETLINK_ROUTE` 0, `NETLINK_GENERIC` 16
    public static LinuxNetlinkSocket open(int protocol) throws SystemException {
        NativeSocket socket = NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, protocol);
        try {
            socket.bind(address());
            // The kernel's address is port 0, as in the zeroed structure.
            socket.connect(address());
            int portId = socket.localAddress().getInt(4);
            // Kernels before 4.12 lack both options; their errors have a number only and echo the request.
            setIfAllowed(socket, SOL_NETLINK, NETLINK_EXT_ACK, 1);
            setIfAllowed(socket, SOL_NETLINK, NETLINK_CAP_ACK, 1);
            if (protocol == NetlinkConnection.NETLINK_ROUTE) {
                // From 4.20 on the kernel filters a dump of routes as its request says.
                setIfAllowed(socket, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
            }
            enlarge(socket, NativeSocket.SO_SNDBUFFORCE, NativeSocket.SO_SNDBUF);
            enlarge(socket, NativeSocket.SO_RCVBUFFORCE, NativeSocket.SO_RCVBUF);
            return new LinuxNetlinkSocket(socket, portId);
        } catch (SystemException e) {
            socket.close();
            throw e;
        }
    }

    /// Joins a multicast group: also receives the kernel's notifications about one subject (`RTNLGRP_`
    /// numbers, linux/rtnetlink.h).
    public void subscribe(int group) throws SystemException {
        socket.setOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    }

    /// Whether a datagram or an error is queued.
    public boolean isReadable() throws SystemException {
        return socket.isReadable(0);
    }

    /// For `poll`: waiting until the socket is readable.
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public int portId() {
        return portId;
    }

    @Override
    public void send(ByteBuffer datagram) throws SystemException {
        socket.send(datagram);
    }

    @Override
    public Datagram receive() throws SystemException {
        int waiting = socket.nextLength();
        if (waiting > buffer.length) {
            buffer = new byte[waiting];
        }
        NativeSocket.Received received = socket.receive(buffer);
        return new Datagram(
                ByteBuffer.wrap(buffer, 0, received.length()), received.sender().getInt(4));
    }

    @Override
    public void close() {
        socket.close();
    }

    private static byte[] address() {
        byte[] address = new byte[SOCKADDR_NL_SIZE];
        ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort(0, (short) NativeSocket.AF_NETLINK);
        return address;
    }

    /// Beyond the system's limit with CAP_NET_ADMIN, else up to it.
    private static void enlarge(NativeSocket socket, int forced, int polite) {
        if (!setIfAllowed(socket, NativeSocket.SOL_SOCKET, forced, SOCKET_BUFFER)) {
            setIfAllowed(socket, NativeSocket.SOL_SOCKET, polite, SOCKET_BUFFER);
        }
    }

    private static boolean setIfAllowed(NativeSocket socket, int level, int name, int value) {
        try {
            socket.setOption(level, name, value);
            return true;
        } catch (SystemException _) {
            return false;
        }
    }
}
