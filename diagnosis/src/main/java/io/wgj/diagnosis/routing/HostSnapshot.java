// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.AddressLabel;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Neighbour;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that a look-up of routes needs to know about a host, at one moment. Values only.
///
/// @param kernel its version, which a few answers depend on
/// @param devices in the kernel's order
/// @param forAll the settings of `conf/all`
/// @param rules of both families, each in the kernel's order
/// @param routes of both families, each in the kernel's order
/// @param neighbours of both families
/// @param labels of IPv6 addresses
/// @param notJudged what the host has and a look-up ignores, a clause each
public record HostSnapshot(
        KernelVersion kernel,
        List<NetworkDevice> devices,
        DeviceSettings forAll,
        List<PolicyRule> rules,
        List<FibRoute> routes,
        List<Neighbour> neighbours,
        List<AddressLabel> labels,
        List<String> notJudged) {
    private static final int USUAL_MAIN = 32766;

    /// The rules of a host on which none was added.
    public static final List<PolicyRule> USUAL_RULES = usualRules();

    public HostSnapshot {
        devices = List.copyOf(devices);
        rules = List.copyOf(rules);
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
        labels = List.copyOf(labels);
        notJudged = List.copyOf(notJudged);
    }

    /// A host of an up-to-date kernel without neighbours.
    public HostSnapshot(List<NetworkDevice> devices, List<PolicyRule> rules, List<FibRoute> routes) {
        this(KernelVersion.CURRENT, devices, DeviceSettings.DEFAULT, rules, routes, List.of(), List.of(), List.of());
    }

    /// The device called `name`; empty when there is none.
    public Optional<NetworkDevice> device(String name) {
        for (NetworkDevice device : devices) {
            if (device.name().equals(name)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    private static List<PolicyRule> usualRules() {
        List<PolicyRule> rules = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            rules.add(usual(family, 0, TableNames.LOCAL));
            rules.add(usual(family, USUAL_MAIN, TableNames.MAIN));
        }
        rules.add(usual(IpFamily.V4, USUAL_MAIN + 1, TableNames.DEFAULT));
        return List.copyOf(rules);
    }

    private static PolicyRule usual(IpFamily family, int priority, int table) {
        return new PolicyRule.Builder(family).priority(priority).table(table).build();
    }
}
