// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.DeviceSettings;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A host as it would be after the steps of a plan: its links, addresses, routes and rules laid over a snapshot.
public final class PlannedHost {
    private static final int METRIC_OF_IPV6 = 1024;
    private static final int METRIC_OF_IPV6_LINKS = 256;
    private static final String SRC_VALID_MARK = "net.ipv4.conf.all.src_valid_mark";

    private final HostSnapshot before;
    private final String link;
    private final List<FibRoute> routes;
    private final List<PolicyRule> rules;
    private final List<DeviceAddress> addresses = new ArrayList<>();
    private DeviceSettings forAll;
    private int mtu;

    private PlannedHost(HostSnapshot before, String link) {
        this.before = before;
        this.link = link;
        this.forAll = before.forAll();
        rules = new ArrayList<>(before.rules());
        routes = new ArrayList<>();
        for (FibRoute route : before.routes()) {
            if (!route.leavesThrough(link)) {
                routes.add(route);
            }
        }
    }

    /// The host after the steps of `up`. What is there of an interface of that name counts as gone.
    public static HostSnapshot after(HostSnapshot before, String link, List<Step> steps) {
        PlannedHost host = new PlannedHost(before, link);
        for (Step step : steps) {
            host.take(step);
        }
        return host.snapshot();
    }

    /// The tables that the steps of a plan change or lead to: what is in them counts then.
    public static Set<Integer> tables(List<Step> steps) {
        Set<Integer> tables = new HashSet<>();
        for (Step step : steps) {
            switch (step) {
                case Step.AddRoute add -> tables.add(add.route().table());
                case Step.ReplaceRoute replace -> tables.add(replace.route().table());
                case Step.AddRule add -> tables.add(add.rule().table());
                default -> {}
            }
        }
        return tables;
    }

    private void take(Step step) {
        switch (step) {
            case Step.AddAddress add -> address(add.address());
            case Step.SetMtuAndUp set -> mtu = set.mtu();
            case Step.AddRoute add -> routes.add(route(add.route()));
            case Step.ReplaceRoute replace -> {
                delete(replace.before());
                routes.add(route(replace.route()));
            }
            case Step.DeleteRoute delete -> delete(delete.route());
            case Step.AddRule add -> rule(add.rule());
            case Step.DeleteRule delete -> rules.remove(delete.rule());
            case Step.SetSysctl set -> {
                if (set.key().equals(SRC_VALID_MARK)) {
                    forAll = forAll.withRpFilter(forAll.rpFilter(), set.value().equals("1"));
                }
            }
            default -> {}
        }
    }

    /// An address brings a local route and the route of its subnet.
    private void address(IpPrefix prefix) {
        addresses.add(new DeviceAddress(prefix));
        FibNextHop hop = new FibNextHop(Optional.empty(), link);
        boolean isV4 = prefix.family() == IpFamily.V4;
        routes.add(new FibRoute(
                TableNames.LOCAL,
                RouteType.LOCAL,
                IpPrefix.host(prefix.address()),
                0,
                isV4 ? Route.SCOPE_HOST : Route.SCOPE_GLOBAL,
                hop));
        if (!isV4 || prefix.length() < prefix.family().bits()) {
            routes.add(new FibRoute(
                    TableNames.MAIN,
                    RouteType.UNICAST,
                    prefix.masked(),
                    isV4 ? 0 : METRIC_OF_IPV6_LINKS,
                    isV4 ? Route.SCOPE_LINK : Route.SCOPE_GLOBAL,
                    hop));
        }
    }

    private static FibRoute route(Route route) {
        int unset = route.family() == IpFamily.V4 ? 0 : METRIC_OF_IPV6;
        return new FibRoute(
                route.table(),
                route.type(),
                route.destination(),
                IpPrefix.all(route.family()),
                route.metric().orElse(unset),
                route.options().typeOfService(),
                route.scope(),
                route.preferredSource(),
                0,
                route.protocol(),
                0,
                false,
                false,
                List.of(new FibNextHop(route.gateway(), route.device(), false, false, route.onLink())));
    }

    private void delete(Route route) {
        FibRoute gone = route(route);
        routes.removeIf(other -> other.table() == gone.table()
                && other.type() == gone.type()
                && other.destination().equals(gone.destination())
                && other.metric() == gone.metric());
    }

    /// Without a priority the kernel puts a rule before the second of all rules.
    private void rule(PolicyRule rule) {
        List<PolicyRule> ofFamily =
                rules.stream().filter(other -> other.family() == rule.family()).toList();
        PolicyRule placed = rule.priority().isPresent() || ofFamily.size() < 2
                ? rule
                : rule.withPriority(ofFamily.get(1).priority().orElse(1) - 1);
        int at = 0;
        while (at < rules.size() && !comesBefore(placed, rules.get(at))) {
            at++;
        }
        rules.add(at, placed);
    }

    private static boolean comesBefore(PolicyRule rule, PolicyRule other) {
        return rule.family() == other.family()
                && Integer.compareUnsigned(
                                rule.priority().orElse(0), other.priority().orElse(0))
                        < 0;
    }

    private HostSnapshot snapshot() {
        List<NetworkDevice> devices = new ArrayList<>();
        int index = 0;
        for (NetworkDevice device : before.devices()) {
            index = Math.max(index, device.index());
            if (!device.name().equals(link)) {
                devices.add(device);
            }
        }
        int own = before.device(link).map(NetworkDevice::index).orElse(index + 1);
        devices.add(new NetworkDevice(own, link, mtu, addresses).withSettings(settings()));
        return new HostSnapshot(
                before.kernel(),
                devices,
                forAll,
                rules,
                routes,
                before.neighbours(),
                before.labels(),
                before.notJudged());
    }

    /// A new device has the settings of `default`, which are most often those of `all`.
    private DeviceSettings settings() {
        return before.device(link).map(NetworkDevice::settings).orElse(before.forAll());
    }
}
