// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostLink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans a default route into the tunnel for one family. It does not apply to the tunnel's own encrypted
/// packets, which carry a mark, nor to destinations that the main table has a route to that is not a default
/// route. The table of the route has the mark's number.
public final class DefaultRoute {
    private DefaultRoute() {}

    static void plan(PlanBuilder builder, IpFamily family) throws PlanException {
        int mark = builder.ensureFwmark();
        builder.addRule(DefaultRouteRules.unmarked(family, mark));
        builder.addRule(DefaultRouteRules.mainWithoutDefault(family));
        IpPrefix all = IpPrefix.all(family);
        InterfaceName link = builder.tunnel().link();
        builder.addRoute(Route.onLink(all, link.text(), mark, Route.PROTOCOL_WGJ));
        if (family == IpFamily.V4) {
            builder.ensureSrcValidMark();
        }
        builder.installFirewall(
                new FirewallTable.MarkChains(family, link, mark, addresses(builder, family)),
                FirewallPurpose.DEFAULT_ROUTE);
    }

    /// Whether the tunnel gets a default route, which needs rules and a firewall.
    static boolean isPlanned(PlanBuilder builder) {
        boolean automatic = builder.tunnel().section().table() instanceof RouteTable.Auto;
        return automatic
                && (builder.device().hasDefault(IpFamily.V4) || builder.device().hasDefault(IpFamily.V6));
    }

    /// The link's addresses, the file's first. Before the link is up: the file's addresses and those that
    /// hooks have added.
    private static List<IpAddress> addresses(PlanBuilder builder, IpFamily family) {
        Set<IpAddress> onLink = new LinkedHashSet<>();
        Optional<HostLink> before =
                builder.snapshot().link(builder.tunnel().link().text());
        if (builder.upLink().isPresent()) {
            addAll(onLink, builder.upLink().get().addresses());
        } else if (before.isPresent()) {
            addAll(onLink, before.get().addresses());
        }
        Set<IpAddress> addresses = new LinkedHashSet<>();
        for (Located<IpPrefix> located : builder.tunnel().section().addresses()) {
            IpAddress address = located.value().address();
            if (builder.upLink().isEmpty() || onLink.contains(address)) {
                addresses.add(address);
            }
        }
        addresses.addAll(onLink);
        addresses.removeIf(address -> address.family() != family);
        return List.copyOf(addresses);
    }

    private static void addAll(Set<IpAddress> addresses, List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            addresses.add(prefix.address());
        }
    }
}
