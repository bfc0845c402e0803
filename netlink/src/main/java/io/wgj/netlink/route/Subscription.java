// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.LinuxNetlinkSocket;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;

/// Receives the notifications of multicast groups of route netlink (`RTNLGRP_…`). For one thread; nothing
/// here waits.
final class Subscription implements AutoCloseable {
    /// Processes a datagram; returns whether it matters.
    @FunctionalInterface
    interface Reader {
        boolean take(Datagram datagram) throws MalformedMessageException;
    }

    /// Runs when the kernel dropped notifications because there were too many, which always matters.
    @FunctionalInterface
    interface Loss {
        void happened() throws NetlinkException;
    }

    private final LinuxNetlinkSocket socket;
    private final String operation;

    private Subscription(LinuxNetlinkSocket socket, String operation) {
        this.socket = socket;
        this.operation = operation;
    }

    /// Subscribes in the calling thread's network namespace.
    ///
    /// @param operation the action, for error messages
    static Subscription to(String operation, int... groups) throws NetlinkException {
        try {
            LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkConnection.NETLINK_ROUTE);
            try {
                for (int group : groups) {
                    socket.subscribe(group);
                }
                return new Subscription(socket, operation);
            } catch (SystemException e) {
                socket.close();
                throw e;
            }
        } catch (SystemException e) {
            throw NetlinkException.of(operation, e);
        }
    }

    /// For `poll`: readable after a notification.
    int descriptor() {
        return socket.descriptor();
    }

    /// Reads all queued notifications.
    ///
    /// @return whether any of them matters
    boolean read(Reader reader, Loss loss) throws NetlinkException {
        boolean news = false;
        try {
            while (socket.isReadable()) {
                try {
                    news |= reader.take(socket.receive());
                } catch (SystemException e) {
                    if (!e.errno().is(Errno.ENOBUFS)) {
                        throw e;
                    }
                    loss.happened();
                    news = true;
                }
            }
            return news;
        } catch (SystemException e) {
            throw NetlinkException.of(operation, e);
        } catch (MalformedMessageException e) {
            throw NetlinkException.of(operation, e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
