// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.netlink.transport.NetlinkSocket.Datagram;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Follows the state, MTU and name of one link of this network namespace. For one thread; only opening waits.
public final class LinkWatch implements AutoCloseable {
    /// `RTNLGRP_LINK` (linux/rtnetlink.h)
    private static final int RTNLGRP_LINK = 1;

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final String OPERATION = "watch link";

    private final Subscription subscription;
    private final int index;
    private Optional<Link> link = Optional.empty();

    private LinkWatch(Subscription subscription, int index) {
        this.subscription = subscription;
        this.index = index;
    }

    /// Starts watching, in the calling thread's network namespace.
    public static LinkWatch open(int index) throws NetlinkException {
        // Subscribes before the first look-up, so that no change is lost between the two.
        LinkWatch watch = new LinkWatch(Subscription.to(OPERATION, RTNLGRP_LINK), index);
        try {
            watch.look();
            return watch;
        } catch (NetlinkException e) {
            watch.close();
            throw e;
        }
    }

    /// For `poll`: readable after a change, perhaps of another link.
    public int descriptor() {
        return subscription.descriptor();
    }

    /// Processes all queued notifications.
    ///
    /// @return whether any was about this link
    public boolean update() throws NetlinkException {
        return subscription.read(this::take, this::look);
    }

    /// The link as last reported; empty when it has left this namespace: deleted, or moved to another.
    public Optional<Link> link() {
        return link;
    }

    private boolean take(Datagram datagram) throws MalformedMessageException {
        boolean news = false;
        ByteBuffer bytes = datagram.bytes();
        for (NetlinkMessage message = NetlinkMessage.next(bytes);
                message != null && datagram.senderPortId() == 0;
                message = NetlinkMessage.next(bytes)) {
            // A bridge reports its ports in messages of the same types, but with a family of its own.
            boolean links = message.type() == RTM_NEWLINK || message.type() == RTM_DELLINK;
            if (!links
                    || message.payload().remaining() < Link.HEADER_SIZE
                    || message.payload().get(0) != 0) {
                continue;
            }
            Link told = Link.decode(message);
            if (told.index() == index) {
                link = message.type() == RTM_NEWLINK ? Optional.of(told) : Optional.empty();
                news = true;
            }
        }
        return news;
    }

    private void look() throws NetlinkException {
        try (RouteNetlink route = RouteNetlink.open()) {
            link = route.links().stream()
                    .filter(known -> known.index() == index)
                    .findFirst();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
