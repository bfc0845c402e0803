// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What is still there of what a tunnel's `up` did, and what the host is without it.
final class Presence {
    private Presence() {}

    /// Of these deeds, those that the host shows, and those that it cannot show.
    static List<Step> stillThere(Tunnel tunnel, SystemSnapshot snapshot, List<Step> done) {
        Set<Object> there = new HashSet<>();
        for (Route route : snapshot.routes()) {
            there.add(identity(new Step.AddRoute(route)));
        }
        for (PolicyRule rule : snapshot.rules()) {
            there.add(new Step.AddRule(rule));
        }
        for (IpPrefix address :
                snapshot.link(tunnel.link().text()).orElseThrow().addresses()) {
            there.add(new Step.AddAddress(tunnel.link(), address));
        }
        List<Step> present = new ArrayList<>();
        for (Step step : done) {
            boolean isThere;
            if (step instanceof Step.AddRoute) {
                isThere = there.contains(identity(step));
            } else if (step instanceof Step.AddRule || step instanceof Step.AddAddress) {
                isThere = there.contains(step);
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

    /// What makes two deeds the same thing, whatever else they say: a route's place in its table, a firewall's name, a
    /// default route's rule, whose priority was chosen for it.
    static Object identity(Step step) {
        if (step instanceof Step.AddRoute add) {
            Route route = add.route();
            return List.of(route.destination(), route.table(), metric(route));
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

    /// The host as if these deeds had not been done, the device as the file wants it.
    static SystemSnapshot without(Tunnel tunnel, SystemSnapshot snapshot, List<Step> done, DeviceUpdate wanted) {
        String name = tunnel.link().text();
        Set<Object> ours = new HashSet<>();
        boolean chosenMark = false;
        boolean sysctl = false;
        for (Step step : done) {
            ours.add(step instanceof Step.AddRoute ? identity(step) : step);
            chosenMark |= step instanceof Step.SetFwmark;
            sysctl |= step instanceof Step.SetSysctl;
        }
        List<HostLink> links = new ArrayList<>();
        for (HostLink link : snapshot.links()) {
            List<IpPrefix> addresses = new ArrayList<>(link.addresses());
            if (link.name().equals(name)) {
                addresses.removeIf(address -> ours.contains(new Step.AddAddress(tunnel.link(), address)));
            }
            links.add(new HostLink(link.name(), link.mtu(), link.broadcast(), addresses));
        }
        List<Route> routes = new ArrayList<>(snapshot.routes());
        // The kernel's routes on the link belong to addresses, which may be going.
        routes.removeIf(route -> ours.contains(identity(new Step.AddRoute(route)))
                || route.protocol() == Route.PROTOCOL_KERNEL && route.device().equals(Optional.of(name)));
        List<PolicyRule> rules = new ArrayList<>(snapshot.rules());
        rules.removeIf(rule -> ours.contains(new Step.AddRule(rule)));
        return new SystemSnapshot(
                links,
                routes,
                rules,
                snapshot.ways(),
                Optional.of(device(snapshot.device().orElseThrow(), DeviceView.foreseen(wanted), chosenMark)),
                snapshot.otherMarks(),
                sysctl
                        ? new SystemSnapshot.SrcValidMark(
                                "0", snapshot.srcValidMark().othersNeedIt())
                        : snapshot.srcValidMark(),
                snapshot.tables(),
                snapshot.firewall(),
                snapshot.support());
    }

    /// A port or a mark that the file does not name stays, but for a mark that we chose: that is chosen again, or goes.
    private static DeviceView device(DeviceView now, DeviceView wanted, boolean chosenMark) {
        int mark = wanted.fwmark() != 0 || chosenMark ? wanted.fwmark() : now.fwmark();
        int port = wanted.listenPort() == 0 ? now.listenPort() : wanted.listenPort();
        return new DeviceView(mark, port, wanted.allowedIps(), wanted.endpoints());
    }
}
