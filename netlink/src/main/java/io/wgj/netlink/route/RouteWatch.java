// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.transport.NetlinkException;

/// Tells that IPv4 routing in this network namespace may have changed, and no more than that. For one thread;
/// nothing here waits.
public final class RouteWatch implements AutoCloseable {
    /// linux/rtnetlink.h. Of routes that go with a link the kernel tells nothing but what became of the link.
    private static final int RTNLGRP_LINK = 1;

    private static final int RTNLGRP_IPV4_ROUTE = 7;
    private static final int RTNLGRP_IPV4_RULE = 8;

    private final Subscription subscription;

    private RouteWatch(Subscription subscription) {
        this.subscription = subscription;
    }

    /// Starts watching, in the calling thread's network namespace.
    public static RouteWatch open() throws NetlinkException {
        return new RouteWatch(Subscription.to("watch routes", RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_LINK));
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
