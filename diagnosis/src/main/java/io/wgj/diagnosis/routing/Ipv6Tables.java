// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Searches the rules and tables of IPv6.
final class Ipv6Tables {
    private static final int UNUSABLE = -1;
    /// What a device that is the one asked for adds; a preference adds more.
    private static final int SCORE_OF_DEVICE = 2;

    private final HostIndex host;
    private final RuleWalk rules;

    Ipv6Tables(HostIndex host) {
        this.host = host;
        this.rules = new RuleWalk(host, IpFamily.V6, this::find);
    }

    /// The route of a flow that knows its VRF.
    Match find(Flow flow, Trace trace) throws RefusedException {
        return rules.find(flow, trace);
    }

    /// The route of one table. While the host does not forward, a gateway that failed to answer counts only when
    /// nothing else will do.
    @Nullable
    Match find(int table, Flow flow) throws RefusedException {
        List<List<FibRoute>> nodes = nodes(host.table(IpFamily.V6, table), flow);
        if (!host.forAll().forwarding6()) {
            Match match = pick(nodes, flow, true);
            if (match != null) {
                return usedOrThrown(match);
            }
        }
        Match match = pick(nodes, flow, false);
        return match == null ? null : usedOrThrown(match);
    }

    private static @Nullable Match usedOrThrown(Match match) throws RefusedException {
        if (!ErrorRoutes.isError(match.route())) {
            return match;
        }
        ErrorRoutes.refuse(match.route());
        return null;
    }

    private @Nullable Match pick(List<List<FibRoute>> nodes, Flow flow, boolean reachable) {
        for (List<FibRoute> node : nodes) {
            Match match = pickOf(node, flow, reachable);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    /// The groups of routes to try: the longest destination first, within it the longest `from`.
    private static List<List<FibRoute>> nodes(PrefixTable table, Flow flow) {
        List<List<FibRoute>> nodes = new ArrayList<>();
        for (List<FibRoute> ofDestination : table.covering(flow.destination())) {
            SortedMap<Integer, List<FibRoute>> bySource = new TreeMap<>((a, b) -> Integer.compare(b, a));
            List<FibRoute> plain = new ArrayList<>();
            for (FibRoute route : ofDestination) {
                if (route.from().length() == 0) {
                    plain.add(route);
                } else if (route.from().contains(flow.source())) {
                    bySource.computeIfAbsent(route.from().length(), length -> new ArrayList<>())
                            .add(route);
                }
            }
            // Behind routes with `from`, those without are not found by packets that fit no `from`.
            boolean hidden = ofDestination.getFirst().destination().length() > 0
                    && bySource.isEmpty()
                    && plain.size() < ofDestination.size()
                    && nodes.isEmpty();
            nodes.addAll(bySource.values());
            if (!plain.isEmpty() && !hidden) {
                nodes.add(plain);
            }
        }
        return nodes;
    }

    /// The best of the lowest metric; only when none of these will do, the best of all others, whatever the
    /// metric.
    private @Nullable Match pickOf(List<FibRoute> node, Flow flow, boolean reachable) {
        int lowest = node.getFirst().metric();
        List<FibRoute> first = new ArrayList<>();
        List<FibRoute> others = new ArrayList<>();
        for (FibRoute route : node) {
            (route.metric() == lowest ? first : others).add(route);
        }
        Match match = best(first, flow, reachable);
        return match == null ? best(others, flow, reachable) : match;
    }

    private @Nullable Match best(List<FibRoute> routes, Flow flow, boolean reachable) {
        FibRoute bestRoute = null;
        FibNextHop bestHop = null;
        int bestScore = UNUSABLE;
        for (FibRoute route : routes) {
            if (route.type() == RouteType.BLACKHOLE && route.nextHopId() != 0) {
                // A blackhole object wins whatever the device asked for.
                return new Match(null, route, route.nextHops().subList(0, 1));
            }
            for (FibNextHop hop : route.nextHops()) {
                int score = score(route, hop, flow, reachable);
                if (score > bestScore) {
                    bestRoute = route;
                    bestHop = hop;
                    bestScore = score;
                }
            }
        }
        if (bestRoute == null || bestHop == null) {
            return null;
        }
        List<FibNextHop> hops = new ArrayList<>(List.of(bestHop));
        if (bestRoute.multipath()) {
            for (FibNextHop hop : bestRoute.nextHops()) {
                if (hop != bestHop && score(bestRoute, hop, flow, reachable) != UNUSABLE) {
                    hops.add(hop);
                }
            }
        }
        return new Match(null, bestRoute, hops);
    }

    /// How much a next hop is worth: its route's preference first, then whether it is of the device asked for.
    private int score(FibRoute route, FibNextHop hop, Flow flow, boolean reachable) {
        // The kernel has the loopback as the device of routes that refuse packets.
        String device = hop.device().orElse(Flow.LOOPBACK);
        if (hop.dead() || hop.linkDown() && host.settings(device).ignoreLinkDown6()) {
            return UNUSABLE;
        }
        boolean near = flow.near() == null || flow.near().equals(device);
        if (!near && flow.strict()) {
            return UNUSABLE;
        }
        if (reachable
                && hop.gateway().isPresent()
                && host.isFailedNeighbour(hop.gateway().get(), device)) {
            return UNUSABLE;
        }
        return (near ? SCORE_OF_DEVICE : 0) | route.preference() + 2 << 2;
    }
}
