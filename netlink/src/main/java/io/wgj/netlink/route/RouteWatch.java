// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.transport.NetlinkException;

/// Reports that IPv4 routing in this network namespace may have changed, without details. For one thread;
/// nothing here waits.
public final class RouteWatch implements AutoCloseable {
    /// linux/rtnetlink.h. The kernel reports only the link when a link's routes go with it.
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

    /// For `poll`: readable after a change.
    public int descriptor() {
        return subscription.descriptor();
    }

    /// Processes all queued notifications.
    ///
    /// @return whether there was any notification
    public boolean update() throws NetlinkException {
        // A lost notification is a change like any other here.
        return subscription.read(_ -> true, () -> {});
    }

    @Override
    public void close() {
        subscription.close();
    }
}
