// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostLink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Routes everything of one family into the tunnel but its own encrypted packets, which carry a mark, and what the
/// main table routes more closely than by default. The table has the mark's number.
public final class DefaultRoute {
    private DefaultRoute() {}

    static void plan(Draft draft, boolean v6) throws PlanException {
        int mark = draft.ensureFwmark();
        draft.addRule(DefaultRouteRules.unmarked(v6, mark));
        draft.addRule(DefaultRouteRules.mainWithoutDefault(v6));
        NetworkPrefix all = NetworkPrefix.all(v6);
        InterfaceName link = draft.tunnel().link();
        draft.addRoute(Route.onLink(all, link.text(), mark, Route.PROTOCOL_WGJ));
        if (!v6) {
            draft.ensureSrcValidMark();
        }
        draft.installFirewall(
                new FirewallTable.MarkChains(v6, link, mark, addresses(draft, v6)), FirewallNeed.DEFAULT_ROUTE);
    }

    /// Whether the tunnel gets a default route, with the rules and the firewall that this takes.
    static boolean isPlanned(Draft draft) {
        boolean automatic = draft.tunnel().section().table() instanceof RouteTable.Auto;
        return automatic && (draft.device().hasDefault(false) || draft.device().hasDefault(true));
    }

    /// Those that the link has, the file's first. While that is only planned: the file's, and what hooks have added.
    private static List<IpAddress> addresses(Draft draft, boolean v6) {
        Set<IpAddress> onLink = new LinkedHashSet<>();
        Optional<HostLink> before = draft.snapshot().link(draft.tunnel().link().text());
        if (draft.upLink().isPresent()) {
            addAll(onLink, draft.upLink().get().addresses());
        } else if (before.isPresent()) {
            addAll(onLink, before.get().addresses());
        }
        Set<IpAddress> addresses = new LinkedHashSet<>();
        for (Located<IpPrefix> located : draft.tunnel().section().addresses()) {
            IpAddress address = located.value().address();
            if (draft.upLink().isEmpty() || onLink.contains(address)) {
                addresses.add(address);
            }
        }
        addresses.addAll(onLink);
        addresses.removeIf(address -> address.v6() != v6);
        return List.copyOf(addresses);
    }

    private static void addAll(Set<IpAddress> addresses, List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            addresses.add(prefix.address());
        }
    }
}
