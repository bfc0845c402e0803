// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibReader;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.LinkDetails;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/// Reads the routes that decide about packets, table by table: a table that no rule names may be long, as that of
/// a router's daemon is, and decides nothing.
final class ReachableRoutes {
    /// With more tables than this, one dump of all is cheaper.
    private static final int MOST_TABLES = 200;

    private final FibReader fib;
    private final IntFunction<String> names;
    private final List<LinkDetails> links;
    private final String link;

    /// @param link whose routes are read from all tables, to tell why they do not count; empty for none
    ReachableRoutes(FibReader fib, IntFunction<String> names, List<LinkDetails> links, String link) {
        this.fib = fib;
        this.names = names;
        this.links = links;
        this.link = link;
    }

    /// The routes of a family.
    ///
    /// @param more tables that are read whether or not a rule names them
    List<FibRoute> read(IpFamily family, List<PolicyRule> rules, Set<Integer> more) throws NetlinkException {
        Set<Integer> tables = tables(family, rules, more);
        if (tables.size() > MOST_TABLES) {
            return fib.routes(family, names);
        }
        List<FibRoute> routes = new ArrayList<>();
        for (int table : tables) {
            routes.addAll(fib.routes(family, table, names));
        }
        // How many routes share a next hop object counts in IPv6, wherever they are.
        if (family == IpFamily.V6 && routes.stream().anyMatch(route -> route.nextHopId() != 0)) {
            return fib.routes(family, names);
        }
        List<FibRoute> elsewhere = new ArrayList<>();
        OptionalInt index = index();
        if (index.isPresent()) {
            elsewhere.addAll(fib.routesThrough(family, index.getAsInt(), names));
        }
        if (family == IpFamily.V4) {
            // A local route that was added by hand makes IPv4 look at sources more closely, wherever it is.
            elsewhere.addAll(fib.routes(family, RouteType.LOCAL, names));
        }
        for (FibRoute route : new LinkedHashSet<>(elsewhere)) {
            if (!tables.contains(route.table())) {
                routes.add(route);
            }
        }
        return routes;
    }

    private Set<Integer> tables(IpFamily family, List<PolicyRule> rules, Set<Integer> more) {
        Set<Integer> tables = new LinkedHashSet<>(List.of(TableNames.LOCAL, TableNames.MAIN, TableNames.DEFAULT));
        for (PolicyRule rule : rules) {
            if (rule.family() == family) {
                tables.add(rule.table());
            }
        }
        for (LinkDetails each : links) {
            each.vrfTable().ifPresent(tables::add);
        }
        tables.addAll(more);
        // Rules without a table have 0, which would mean all.
        tables.remove(0);
        return tables;
    }

    private OptionalInt index() {
        for (LinkDetails each : links) {
            if (each.link().name().equals(link)) {
                return OptionalInt.of(each.link().index());
            }
        }
        return OptionalInt.empty();
    }
}
