// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import java.util.List;

/// A tunnel's link once it is up.
///
/// @param addresses in the kernel's order: the file's that are there, those of hooks, and the kernel's own
/// @param routes of the main table that lead only into the link; empty when the plan does not depend on them
public record UpLink(List<IpPrefix> addresses, List<Route> routes) {
    public UpLink {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
