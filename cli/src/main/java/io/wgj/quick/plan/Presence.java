// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What the host still shows of what a tunnel's `up` did.
final class Presence {
    private final Tunnel tunnel;
    private final SystemSnapshot snapshot;
    private final Map<Object, Route> routes = new HashMap<>();
    private final Set<PolicyRule> rules = new HashSet<>();
    private final List<IpPrefix> addresses;

    Presence(Tunnel tunnel, SystemSnapshot snapshot) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        for (Route route : snapshot.routes()) {
            routes.putIfAbsent(place(route), route);
        }
        rules.addAll(snapshot.rules());
        addresses = snapshot.link(tunnel.link().text()).orElseThrow().addresses();
    }

    /// Of these steps, those that the host shows, and those that it cannot show. What a hook put in the place of an
    /// address or a route of ours stands for it.
    List<Step> stillThere(List<Step> done) {
        List<Step> present = new ArrayList<>();
        for (Step step : done) {
            boolean isThere;
            if (step instanceof Step.AddRoute add) {
                isThere = routes.containsKey(place(add.route()));
            } else if (step instanceof Step.AddRule add) {
                isThere = rules.contains(add.rule());
            } else if (step instanceof Step.AddAddress add) {
                isThere = isThere(add.address()) || isReplaced(add.address(), done);
            } else if (step instanceof Step.SetSysctl) {
                isThere = snapshot.srcValidMark().isOn();
            } else {
                isThere = step instanceof Step.SetMtuAndUp
                        || step instanceof Step.SetFwmark
                        || step instanceof Step.InstallFirewall
                        || step instanceof Step.SetDns;
            }
            if (isThere) {
                present.add(step);
            }
        }
        return present;
    }

    /// Whether the link has exactly this address.
    boolean isThere(IpPrefix address) {
        return addresses.contains(address);
    }

    /// Whether the link has the address only as no step of ours made it: with another length, or with a far end.
    private boolean isReplaced(IpPrefix address, List<Step> done) {
        for (IpPrefix other : addresses) {
            if (other.address().equals(address.address())
                    && !other.equals(address)
                    && !done.contains(new Step.AddAddress(tunnel.link(), other))) {
                return true;
            }
        }
        return false;
    }

    /// The route in the same place, whoever made it.
    Optional<Route> at(Route route) {
        return Optional.ofNullable(routes.get(place(route)));
    }

    /// Whether the route that we added is there, and not another in its place. Where it names a gateway alone, the
    /// kernel has found the device.
    boolean isOurs(Route route) {
        Route there = routes.get(place(route));
        return there != null
                && there.protocol() == route.protocol()
                && (route.device().isEmpty() || there.device().equals(route.device()));
    }

    /// What makes two steps the same thing, whatever else they say: a route's place in its table, a firewall's name, a
    /// default route's rule, whose priority was chosen for it.
    static Object identity(Step step) {
        if (step instanceof Step.AddRoute add) {
            return place(add.route());
        }
        if (step instanceof Step.AddRule add) {
            PolicyRule rule = add.rule().withProtocol(0);
            boolean placed = CommandWords.isUnmarked(rule) || CommandWords.isMainWithoutDefault(rule);
            return placed ? rule.withPriority(0) : rule;
        }
        if (step instanceof Step.InstallFirewall install) {
            List<String> names = new ArrayList<>();
            for (FirewallTable table : install.tables()) {
                names.add(table.family() + " " + table.name());
            }
            return names;
        }
        boolean single = step instanceof Step.SetMtuAndUp
                || step instanceof Step.SetDns
                || step instanceof Step.SetSysctl
                || step instanceof Step.SetFwmark;
        return single ? step.getClass() : step;
    }

    /// The place of a route: no table has two routes to one destination with one metric.
    static Object place(Route route) {
        return List.of(route.destination(), route.table(), metric(route));
    }

    private static long metric(Route route) {
        return Integer.toUnsignedLong(route.metric().orElse(route.v6() ? 1024 : 0));
    }

    /// Whether two routes to the same destination do the same, whoever made them.
    static boolean sameWay(Route left, Route right) {
        return plain(left).equals(plain(right));
    }

    private static Route plain(Route route) {
        return new Route(
                route.type(),
                route.destination(),
                route.gateway(),
                route.device(),
                route.preferredSource(),
                route.table(),
                OptionalInt.of((int) metric(route)),
                route.mtu(),
                route.options(),
                route.scope(),
                0,
                route.onLink(),
                route.nextHops());
    }
}
