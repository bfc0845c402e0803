// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.Journal;
import java.util.Optional;

/// Where the link of a tunnel is now: links are renamed, moved to other namespaces, deleted and made again.
///
/// @param own the link that `up` made, whatever its name is; empty when it is not in this namespace
/// @param other another link that has the tunnel's name
record LinkLocation(Optional<Link> own, Optional<Link> other) {
    /// Finds the link that a journal is about.
    ///
    /// @param name the tunnel's name
    static LinkLocation of(Journal content, RouteNetlink netlink, String name) throws NetlinkException {
        Optional<Link> named = netlink.link(name);
        if (named.isPresent()
                && content.isAbout(named.get().index(), named.get().isUp())
                && isTunnel(named.get())) {
            return new LinkLocation(named, Optional.empty());
        }
        if (content.linkIndex().isPresent()) {
            int index = content.linkIndex().getAsInt();
            for (Link link : netlink.links()) {
                if (link.index() == index && isTunnel(link)) {
                    return new LinkLocation(Optional.of(link), named);
                }
            }
        }
        return new LinkLocation(Optional.empty(), named);
    }

    /// A link that came from another namespace may have the index of one that is gone.
    private static boolean isTunnel(Link link) {
        String kind = link.kind().orElse("");
        return kind.equals("wireguard") || kind.equals("tun");
    }
}
