// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Searches the rules and tables of IPv4.
final class Ipv4Tables {
    private static final int TOS_BITS = 0x1c;
    /// In one tree, `local` comes before `main` for a destination that both have.
    private static final Comparator<FibRoute> ONE_TREE_ORDER =
            Comparator.comparingInt(FibRoute::table).reversed().thenComparing(PrefixTable.IPV4_ORDER);

    private final HostIndex host;
    private final RuleWalk rules;
    /// The tables local and main as one, where they are.
    private final PrefixTable oneTree;

    Ipv4Tables(HostIndex host) {
        this.host = host;
        this.rules = new RuleWalk(host, IpFamily.V4, this::find);
        List<FibRoute> both = new ArrayList<>();
        if (host.oneTree()) {
            both.addAll(host.table(IpFamily.V4, TableNames.LOCAL).routes());
            both.addAll(host.table(IpFamily.V4, TableNames.MAIN).routes());
        }
        oneTree = new PrefixTable(both, ONE_TREE_ORDER);
    }

    /// The route of a flow that knows its VRF.
    Match find(Flow flow, Trace trace) throws RefusedException {
        if (!host.oneTree()) {
            return rules.find(flow, trace);
        }
        Match match = find(oneTree, flow);
        if (match == null) {
            match = find(host.table(IpFamily.V4, TableNames.DEFAULT), flow);
        }
        if (match == null) {
            throw new RefusedException(RouteError.ENETUNREACH, Refusal.Reason.NO_ROUTE, RuleWalk.NO_ROUTE);
        }
        for (PolicyRule rule : host.rules(IpFamily.V4)) {
            if (rule.table() == match.route().table()) {
                trace.step(rule, RuleStep.Outcome.DECIDED, match.route(), "decided");
                return match.by(rule);
            }
        }
        return match;
    }

    private @Nullable Match find(int table, Flow flow) throws RefusedException {
        return find(host.table(IpFamily.V4, table), flow);
    }

    /// The first usable route, the longest destination first.
    private @Nullable Match find(PrefixTable table, Flow flow) throws RefusedException {
        Set<IpAddress> skipped = new HashSet<>();
        for (List<FibRoute> ofDestination : table.covering(flow.destination())) {
            for (FibRoute route : ofDestination) {
                if (skipped.contains(route.destination().address()) || !hasTos(route, flow)) {
                    continue;
                }
                if (ErrorRoutes.isError(route)) {
                    ErrorRoutes.refuse(route);
                    return null;
                }
                if (route.nextHops().size() == 1 && route.nextHops().getFirst().dead()) {
                    continue;
                }
                List<FibNextHop> usable = usable(route, flow);
                if (!usable.isEmpty()) {
                    return new Match(null, route, usable);
                }
                if (route.nextHopId() != 0) {
                    // The kernel leaves the whole leaf then: no route with the same first address is tried.
                    skipped.add(route.destination().address());
                }
            }
        }
        return null;
    }

    private static boolean hasTos(FibRoute route, Flow flow) {
        return route.typeOfService() == 0 || route.typeOfService() == (flow.tos() & TOS_BITS);
    }

    private List<FibNextHop> usable(FibRoute route, Flow flow) {
        List<FibNextHop> usable = new ArrayList<>(route.nextHops().size());
        for (FibNextHop hop : route.nextHops()) {
            if (isUsable(hop, flow)) {
                usable.add(hop);
            }
        }
        return usable;
    }

    private boolean isUsable(FibNextHop hop, Flow flow) {
        if (hop.dead() || hop.device().isEmpty()) {
            return false;
        }
        String device = hop.device().get();
        if (hop.linkDown() && host.mayIgnoreLinkDown(device)) {
            return false;
        }
        return flow.output() == null || flow.output().equals(device);
    }

    /// The device to which an address of this host belongs, by its addresses or by the table `local`; null when it
    /// is none of this host.
    @Nullable
    String deviceOfLocal(IpAddress address) {
        String owner = host.ownerOf(address);
        if (owner != null) {
            return owner;
        }
        Flow flow = Flow.of(FlowQuestion.to(address), 0, 0);
        try {
            Match match = find(host.oneTree() ? oneTree : host.table(IpFamily.V4, TableNames.LOCAL), flow);
            return match == null || match.route().type() != RouteType.LOCAL
                    ? null
                    : match.hops().getFirst().device().orElse(Flow.LOOPBACK);
        } catch (RefusedException e) {
            return null;
        }
    }
}
