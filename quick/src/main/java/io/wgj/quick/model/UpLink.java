// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import java.util.List;

/// What the kernel made of a tunnel's link when it went up.
///
/// @param addresses of the link, in the kernel's order: the file's as far as they are there, those of hooks, and the
///     kernel's own
/// @param routes of the main table that leave by the link alone; none where they decide nothing
public record UpLink(List<IpPrefix> addresses, List<Route> routes) {
    public UpLink {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
