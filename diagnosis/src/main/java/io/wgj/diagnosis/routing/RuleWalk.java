// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Goes through the rules of one family and asks their tables until one answers.
final class RuleWalk {
    static final String NO_ROUTE = "no rule leads to a route";

    private final HostIndex host;
    private final List<PolicyRule> rules;
    private final RuleMatcher matcher;
    private final TableSearch tables;
    /// The first rule of each priority.
    private final Map<Integer, Integer> places = new HashMap<>();

    RuleWalk(HostIndex host, IpFamily family, TableSearch tables) {
        this.host = host;
        this.rules = host.rules(family);
        this.matcher = new RuleMatcher(host);
        this.tables = tables;
        for (int i = 0; i < rules.size(); i++) {
            places.putIfAbsent(rules.get(i).priority().orElse(0), i);
        }
    }

    /// Searches one table.
    @FunctionalInterface
    interface TableSearch {
        /// The route of the table for the packet; null lets the search go on.
        @Nullable
        Match find(int table, Flow flow) throws RefusedException;
    }

    /// The route that the rules lead to.
    Match find(Flow flow, Trace trace) throws RefusedException {
        int at = 0;
        while (at < rules.size()) {
            PolicyRule rule = rules.get(at);
            at++;
            if (RuleMatcher.isBeyondUs(rule)) {
                trace.doubt(
                        "rule " + Wording.priority(rule) + " has a selector that is not judged: " + Wording.rule(rule));
            }
            if (!matcher.matches(rule, flow)) {
                continue;
            }
            switch (rule.action()) {
                case GOTO -> at = jump(rule, at, trace);
                case NOP -> {}
                case BLACKHOLE -> throw refused(rule, RouteError.EINVAL, trace);
                // The route type of the same name is EHOSTUNREACH, so that the error tells which it was.
                case UNREACHABLE -> throw refused(rule, RouteError.ENETUNREACH, trace);
                case PROHIBIT -> throw refused(rule, RouteError.EACCES, trace);
                case TO_TABLE -> {
                    Match match = ask(rule, flow, trace);
                    if (match != null) {
                        return match.by(rule);
                    }
                }
            }
        }
        throw new RefusedException(RouteError.ENETUNREACH, Refusal.Reason.NO_ROUTE, NO_ROUTE);
    }

    /// The place where the walk goes on. The kernel only accepts targets behind the rule, so that it ends.
    private int jump(PolicyRule rule, int next, Trace trace) {
        Integer target = rule.gotoPriority().isEmpty()
                ? null
                : places.get(rule.gotoPriority().getAsInt());
        if (target == null || target < next) {
            trace.step(rule, RuleStep.Outcome.JUMPED, null, "no such target: ignored");
            return next;
        }
        trace.step(
                rule,
                RuleStep.Outcome.JUMPED,
                null,
                "go on at rule " + Integer.toUnsignedString(rule.gotoPriority().getAsInt()));
        return target;
    }

    private static RefusedException refused(PolicyRule rule, RouteError error, Trace trace) {
        trace.step(rule, RuleStep.Outcome.REFUSED, null, "refused");
        return new RefusedException(
                error, Refusal.Reason.RULE, "rule " + Wording.priority(rule) + " refuses: " + Wording.rule(rule));
    }

    private @Nullable Match ask(PolicyRule rule, Flow flow, Trace trace) throws RefusedException {
        Match match;
        try {
            match = tables.find(tableOf(rule, flow), flow);
        } catch (RefusedException e) {
            trace.step(rule, RuleStep.Outcome.REFUSED, null, e.refusal().text());
            throw e;
        }
        if (match == null) {
            trace.step(rule, RuleStep.Outcome.NOTHING, null, "nothing matches there");
            return null;
        }
        FibRoute route = match.route();
        int shortest = rule.suppressPrefixLength().orElse(-1);
        if (route.destination().length() <= shortest) {
            trace.step(
                    rule,
                    RuleStep.Outcome.SUPPRESSED,
                    route,
                    route.text() + " is there, but suppressed: not longer than /" + shortest);
            return null;
        }
        if (rule.rare().suppressGroup().isPresent()
                && isOfGroup(match, rule.rare().suppressGroup().getAsInt())) {
            trace.step(
                    rule,
                    RuleStep.Outcome.SUPPRESSED,
                    route,
                    route.text() + " is there, but suppressed: device group "
                            + Integer.toUnsignedString(
                                    rule.rare().suppressGroup().getAsInt()));
            return null;
        }
        trace.step(rule, RuleStep.Outcome.DECIDED, route, "decided");
        return match;
    }

    private int tableOf(PolicyRule rule, Flow flow) {
        if (!rule.l3mdev()) {
            return rule.table();
        }
        return flow.vrf() == null ? TableNames.MAIN : host.vrfTable(flow.vrf());
    }

    /// IPv4 looks at the first next hop's device, IPv6 at that of the next hop taken.
    private boolean isOfGroup(Match match, int group) {
        FibRoute route = match.route();
        boolean first =
                route.family() == IpFamily.V4 || route.type() == RouteType.LOCAL || route.type() == RouteType.ANYCAST;
        Optional<String> name =
                (first ? route.nextHops() : match.hops()).getFirst().device();
        NetworkDevice device = name.isEmpty() ? null : host.device(name.get());
        return device != null && device.group() == group;
    }
}
