// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Routes everything of one family into the tunnel but its own encrypted packets, which carry a mark, and what the
/// main table routes more closely than by default. The table has the mark's number.
final class DefaultRoute {
    private DefaultRoute() {}

    static void plan(Draft draft, boolean v6) throws PlanException {
        int mark = draft.ensureFwmark();
        draft.addRule(unmarked(v6, mark));
        draft.addRule(mainWithoutDefault(v6));
        NetworkPrefix all = NetworkPrefix.all(v6);
        InterfaceName link = draft.tunnel().link();
        draft.addRoute(Route.onLink(all, link.text(), mark, Route.PROTOCOL_WGJ));
        if (!v6) {
            draft.ensureSrcValidMark();
        }
        draft.installFirewall(new FirewallTable.MarkChains(v6, link, mark, addresses(draft, v6)));
    }

    static PolicyRule unmarked(boolean v6, int mark) {
        return new PolicyRule.Builder(v6)
                .inverted(true)
                .mark(mark)
                .table(mark)
                .protocol(Route.PROTOCOL_WGJ)
                .build();
    }

    static PolicyRule mainWithoutDefault(boolean v6) {
        return new PolicyRule.Builder(v6)
                .table(TableNames.MAIN)
                .suppressPrefixLength(0)
                .protocol(Route.PROTOCOL_WGJ)
                .build();
    }

    /// Of the file and of the link as it is now: a userspace link has a link-local address of its own.
    private static List<IpAddress> addresses(Draft draft, boolean v6) {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        for (Located<IpPrefix> address : draft.tunnel().section().addresses()) {
            addresses.add(address.value().address());
        }
        Optional<HostLink> link = draft.snapshot().link(draft.tunnel().link().text());
        if (link.isPresent()) {
            for (IpPrefix address : link.get().addresses()) {
                addresses.add(address.address());
            }
        }
        addresses.removeIf(address -> address.v6() != v6);
        return List.copyOf(addresses);
    }
}
