// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.RuleAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Looks up IPv6 packets.
final class Ipv6Lookup {
    /// `ip -6 route get … iif` asks without a user, which no `uidrange` holds.
    private static final int NO_UID = -1;

    private final HostIndex host;
    private final Ipv6Tables tables;
    private final Ipv6Sources sources;
    /// How many routes use a next hop object.
    private final Map<Integer, Integer> usersOfObjects = new HashMap<>();

    Ipv6Lookup(HostIndex host) {
        this.host = host;
        tables = new Ipv6Tables(host);
        sources = new Ipv6Sources(host);
        for (PrefixTable table : host.allTables(IpFamily.V6)) {
            for (FibRoute route : table.routes()) {
                if (route.nextHopId() != 0) {
                    usersOfObjects.merge(route.nextHopId(), 1, Integer::sum);
                }
            }
        }
    }

    /// Fills `answer`; throws the kernel's refusal.
    void find(FlowQuestion question, Answer answer) throws RefusedException {
        boolean comesIn = question.iif().isPresent();
        checkDevice(question.iif());
        checkDevice(question.oif());
        IpAddress destination = question.destination();
        boolean narrow = destination.isLinkLocal()
                || Ipv6Sources.isMulticast(destination)
                || Ipv6Sources.isLocalhost(destination);
        Flow flow = Flow.of(question, question.protocol().orElse(0), comesIn ? NO_UID : question.uid())
                .withStrict(narrow
                        || !comesIn
                                && question.oif().isPresent()
                                && question.source().isEmpty());
        String bound = question.oif().orElse(null);
        Match match;
        if (bound != null && !comesIn && narrow && !Ipv6Sources.isLocalhost(destination) && host.vrfOf(bound) != null) {
            match = onLinkOfVrf(flow, bound);
        } else {
            match = byRules(flow, answer);
        }
        answer.decided(match);
        if (match.route().type() == RouteType.LOCAL || match.route().type() == RouteType.ANYCAST) {
            String device = match.hops().getFirst().device().orElse(Flow.LOOPBACK);
            answer.choose(List.of(new NextHopChoice(
                    Objects.requireNonNullElse(host.vrfOf(device), Flow.LOOPBACK),
                    Optional.empty(),
                    comesIn ? Optional.empty() : source(match.route(), device, destination))));
            return;
        }
        answer.choose(choices(match, destination, comesIn, answer));
    }

    private List<NextHopChoice> choices(Match match, IpAddress destination, boolean comesIn, Answer answer) {
        FibRoute route = match.route();
        List<NextHopChoice> choices = new ArrayList<>();
        for (FibNextHop hop : match.hops()) {
            String device = hop.device().orElse(Flow.LOOPBACK);
            Optional<IpAddress> source = comesIn ? Optional.empty() : source(route, device, destination);
            if (route.multipath()
                    && route.nextHopId() == 0
                    && hop != route.nextHops().getFirst()) {
                // Only the first next hop's own source is in a dump.
                source = Optional.empty();
                answer.doubt("source address on the way over " + device);
            }
            choices.add(new NextHopChoice(device, hop.gateway(), source));
        }
        return choices;
    }

    private Optional<IpAddress> source(FibRoute route, String device, IpAddress destination) {
        return route.preferredSource().isPresent()
                ? route.preferredSource()
                : Optional.ofNullable(sources.choose(device, destination));
    }

    /// A link within a VRF: the VRF's table alone, without rules.
    private Match onLinkOfVrf(Flow flow, String bound) throws RefusedException {
        String vrf = host.vrfOf(bound);
        Match match =
                vrf == null || host.isVrf(bound) ? null : tables.find(host.vrfTable(vrf), flow.onlyThrough(bound));
        if (match == null) {
            throw new RefusedException(
                    RouteError.ENETUNREACH, Refusal.Reason.NO_ROUTE, "no link-local route through " + bound);
        }
        return match;
    }

    private Match byRules(Flow flow, Answer answer) throws RefusedException {
        Flow asked = flow.inItsVrf(host);
        try {
            Match match = tables.find(asked, answer.trace());
            doubtSourceRoutes(asked, answer);
            doubtMatch(match, answer);
            return match;
        } catch (RefusedException e) {
            doubtSourceRoutes(asked, answer);
            throw e;
        }
    }

    private void doubtSourceRoutes(Flow flow, Answer answer) {
        Set<Integer> asked = new HashSet<>();
        for (RuleStep step : answer.trace().steps()) {
            if (step.rule().action() == RuleAction.TO_TABLE) {
                asked.add(step.rule().table());
            }
        }
        for (int table : asked) {
            for (List<FibRoute> ofDestination : host.table(IpFamily.V6, table).covering(flow.destination())) {
                boolean plain = false;
                boolean fits = false;
                for (FibRoute route : ofDestination) {
                    plain |= route.from().length() == 0;
                    fits |= route.from().length() > 0 && route.from().contains(flow.source());
                }
                if (fits && !plain) {
                    answer.doubt("source-specific routes: the kernel loses sight of one when a plain route of the"
                            + " same destination is deleted");
                }
                if (hidesPreferences(ofDestination)) {
                    answer.doubt("the preference of a later next hop is in no dump: another route of the same"
                            + " destination and metric may be taken");
                }
            }
        }
    }

    /// Whether a route with several next hops competes with another one: a dump shows the first one's preference
    /// alone.
    private static boolean hidesPreferences(List<FibRoute> ofDestination) {
        for (FibRoute route : ofDestination) {
            if (route.multipath() && route.nextHopId() == 0) {
                for (FibRoute other : ofDestination) {
                    if (other != route && other.metric() == route.metric()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void doubtMatch(Match match, Answer answer) {
        int object = match.route().nextHopId();
        if (object != 0 && usersOfObjects.getOrDefault(object, 0) > 1) {
            answer.doubt("routes share a next hop object: the kernel may name another of them");
        }
        if (match.hops().size() > 1
                && answer.trace().steps().stream()
                        .anyMatch(step -> step.rule().rare().suppressGroup().isPresent())) {
            answer.doubt("suppress_ifgroup with several next hops: depends on the flow");
        }
    }

    private void checkDevice(Optional<String> name) throws RefusedException {
        if (name.isPresent() && !host.exists(name.get())) {
            throw new RefusedException(RouteError.ENODEV, Refusal.Reason.NO_DEVICE, "no device " + name.get());
        }
    }
}
