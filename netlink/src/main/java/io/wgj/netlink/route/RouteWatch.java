// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.LinuxNetlinkSocket;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;

/// Tells that IPv4 routes of this network namespace have changed, and no more than that. For one thread; nothing here
/// waits.
public final class RouteWatch implements AutoCloseable {
    /// `RTNLGRP_IPV4_ROUTE` (linux/rtnetlink.h)
    private static final int RTNLGRP_IPV4_ROUTE = 7;

    private static final String OPERATION = "watch routes";

    private final LinuxNetlinkSocket socket;

    private RouteWatch(LinuxNetlinkSocket socket) {
        this.socket = socket;
    }

    /// Starts watching, in the calling thread's network namespace.
    public static RouteWatch open() throws NetlinkException {
        try {
            LinuxNetlinkSocket socket = LinuxNetlinkSocket.open(NetlinkConnection.NETLINK_ROUTE);
            try {
                socket.subscribe(RTNLGRP_IPV4_ROUTE);
                return new RouteWatch(socket);
            } catch (SystemException e) {
                socket.close();
                throw e;
            }
        } catch (SystemException e) {
            throw NetlinkException.of(OPERATION, e);
        }
    }

    /// Readable when there is news.
    public int descriptor() {
        return socket.descriptor();
    }

    /// Takes in all news there is.
    ///
    /// @return whether there was any
    public boolean update() throws NetlinkException {
        boolean news = false;
        try {
            while (socket.isReadable()) {
                news = true;
                try {
                    var _ = socket.receive();
                } catch (SystemException e) {
                    // ENOBUFS: there was so much of it that some was lost, which is all the same here.
                    if (!e.errno().is(Errno.ENOBUFS)) {
                        throw e;
                    }
                }
            }
            return news;
        } catch (SystemException e) {
            throw NetlinkException.of(OPERATION, e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
