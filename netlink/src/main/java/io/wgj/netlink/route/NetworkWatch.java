// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;
import java.nio.ByteBuffer;

/// Reports that links or routing of this network namespace have changed, without details. For one thread;
/// nothing here waits.
public final class NetworkWatch implements AutoCloseable {
    /// linux/rtnetlink.h
    private static final int RTNLGRP_LINK = 1;

    private static final int RTNLGRP_IPV4_IFADDR = 5;
    private static final int RTNLGRP_IPV4_ROUTE = 7;
    private static final int RTNLGRP_IPV4_RULE = 8;
    private static final int RTNLGRP_IPV6_IFADDR = 9;
    private static final int RTNLGRP_IPV6_ROUTE = 11;
    private static final int RTNLGRP_IPV6_RULE = 19;
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_DELRULE = 33;
    /// `rtm_protocol` of `struct rtmsg`.
    private static final int PROTOCOL_OFFSET = 5;

    private final Subscription subscription;
    private boolean links;
    private boolean ownRemoved;

    private NetworkWatch(Subscription subscription) {
        this.subscription = subscription;
    }

    /// Starts watching, in the calling thread's network namespace.
    public static NetworkWatch open() throws NetlinkException {
        return new NetworkWatch(Subscription.to(
                "watch links and routes",
                RTNLGRP_LINK,
                RTNLGRP_IPV4_IFADDR,
                RTNLGRP_IPV6_IFADDR,
                RTNLGRP_IPV4_ROUTE,
                RTNLGRP_IPV6_ROUTE,
                RTNLGRP_IPV4_RULE,
                RTNLGRP_IPV6_RULE));
    }

    /// For `poll`: readable after a change.
    public int descriptor() {
        return subscription.descriptor();
    }

    /// Processes all queued notifications.
    ///
    /// @return whether there was any
    public boolean update() throws NetlinkException {
        links = false;
        ownRemoved = false;
        return subscription.read(this::take, this::lost);
    }

    /// Whether the last [#update] had a notification about a link. A lost notification counts as one.
    public boolean linksChanged() {
        return links;
    }

    /// Whether the last [#update] may have removed a route or rule of wgj's: such a route or any rule was deleted,
    /// or a link changed, with which IPv4 routes go without a notification. A lost notification counts as one.
    public boolean ownRoutingRemoved() {
        return ownRemoved || links;
    }

    private boolean take(Datagram datagram) throws MalformedMessageException {
        ByteBuffer bytes = datagram.bytes();
        for (NetlinkMessage message = NetlinkMessage.next(bytes);
                message != null && datagram.senderPortId() == 0;
                message = NetlinkMessage.next(bytes)) {
            links |= message.type() == RTM_NEWLINK || message.type() == RTM_DELLINK;
            ownRemoved |= message.type() == RTM_DELRULE || message.type() == RTM_DELROUTE && isOurs(message.payload());
        }
        return true;
    }

    private static boolean isOurs(ByteBuffer route) {
        return route.remaining() > PROTOCOL_OFFSET
                && Byte.toUnsignedInt(route.get(route.position() + PROTOCOL_OFFSET)) == Route.PROTOCOL_WGJ;
    }

    private void lost() {
        links = true;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
