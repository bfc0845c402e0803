// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Of the host, what a plan depends on, at one moment.
///
/// @param links all of them
/// @param routes of all tables and both families, in the kernel's order
/// @param rules of both families, each with its priority
/// @param lookups how endpoints are reached by packets with the device's mark; of those that are not in here nothing is
///     known
/// @param device the tunnel's configuration; empty while there is no such device
/// @param otherMarks of the encrypted packets of other WireGuard devices
/// @param srcValidMark of all IPv4 links
/// @param tables what routing tables are called
/// @param firewall tables of nftables that carry the tunnel's name, in the families that have them
/// @param support what the host can do
public record SystemSnapshot(
        List<HostLink> links,
        List<Route> routes,
        List<PolicyRule> rules,
        Map<IpAddress, RouteLookup> lookups,
        Optional<DeviceView> device,
        Set<Integer> otherMarks,
        SrcValidMark srcValidMark,
        TableNames tables,
        List<FirewallTable.Found> firewall,
        HostSupport support) {
    /// `net.ipv4.conf.all.src_valid_mark`: whether the reverse-path filter looks at marks.
    ///
    /// @param value as it is read, without a newline
    /// @param othersNeedIt whether another tunnel's journal says that it set it
    public record SrcValidMark(String value, boolean othersNeedIt) {
        public static final String KEY = "net.ipv4.conf.all.src_valid_mark";

        public boolean isOn() {
            return value.equals("1");
        }
    }

    public SystemSnapshot {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        lookups = Map.copyOf(lookups);
        otherMarks = Set.copyOf(otherMarks);
        firewall = List.copyOf(firewall);
    }

    /// The link called `name`.
    public Optional<HostLink> link(String name) {
        for (HostLink link : links) {
            if (link.name().equals(name)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    /// The same host with resolvconf, where it has neither that nor resolvectl: for plans, which are shown all the
    /// same.
    public SystemSnapshot withDnsTool() {
        return support.dnsTool().isPresent()
                ? this
                : new SystemSnapshot(
                        links,
                        routes,
                        rules,
                        lookups,
                        device,
                        otherMarks,
                        srcValidMark,
                        tables,
                        firewall,
                        support.withResolvconf());
    }

    /// The same host with the tunnel's device configured so.
    public SystemSnapshot withDevice(DeviceView view) {
        return new SystemSnapshot(
                links, routes, rules, lookups, Optional.of(view), otherMarks, srcValidMark, tables, firewall, support);
    }
}
