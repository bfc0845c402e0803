// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.transport.NetlinkException;

/// Tells that IPv4 routes of this network namespace have changed, and no more than that. For one thread; nothing here
/// waits.
public final class RouteWatch implements AutoCloseable {
    /// `RTNLGRP_IPV4_ROUTE` (linux/rtnetlink.h)
    private static final int RTNLGRP_IPV4_ROUTE = 7;

    private final Subscription subscription;

    private RouteWatch(Subscription subscription) {
        this.subscription = subscription;
    }

    /// Starts watching, in the calling thread's network namespace.
    public static RouteWatch open() throws NetlinkException {
        return new RouteWatch(Subscription.to(RTNLGRP_IPV4_ROUTE, "watch routes"));
    }

    /// Readable when there is news.
    public int descriptor() {
        return subscription.descriptor();
    }

    /// Takes in all news there is.
    ///
    /// @return whether there was any
    public boolean update() throws NetlinkException {
        // That some was lost is all the same here.
        return subscription.read(_ -> true, () -> {});
    }

    @Override
    public void close() {
        subscription.close();
    }
}
