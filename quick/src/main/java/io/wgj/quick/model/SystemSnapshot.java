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

/// The host state that planning depends on, captured at one moment.
///
/// @param links all of them
/// @param firewall nftables tables that carry the tunnel's name, in every family
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
        HostSupport support)
        implements HostView {
    public SystemSnapshot {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        lookups = Map.copyOf(lookups);
        otherMarks = Set.copyOf(otherMarks);
        firewall = List.copyOf(firewall);
    }

    /// The part that shows whether steps of the tunnel are still in effect.
    public RoutingState routingState(Tunnel tunnel) {
        return new RoutingState(link(tunnel.link().text()), routes, rules, srcValidMark);
    }

    /// The same host with resolvconf, where it has neither that nor resolvectl. A plan is shown all the same.
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

    @Override
    public SystemSnapshot withDevice(DeviceView view) {
        return new SystemSnapshot(
                links, routes, rules, lookups, Optional.of(view), otherMarks, srcValidMark, tables, firewall, support);
    }

    /// The same host with these lookups.
    public SystemSnapshot withLookups(Map<IpAddress, RouteLookup> others) {
        return new SystemSnapshot(
                links, routes, rules, others, device, otherMarks, srcValidMark, tables, firewall, support);
    }
}
