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

/// As much of the host's state as the preconditions of one file need, captured before `up` does anything.
/// Lists that they do not need are empty: listing a full routing table takes long.
///
/// @param links with their addresses, if those are needed
/// @param knownSrcValidMark empty when it is not needed
public record PartialSnapshot(
        List<HostLink> links,
        List<Route> routes,
        List<PolicyRule> rules,
        Map<IpAddress, RouteLookup> lookups,
        Optional<DeviceView> device,
        Optional<SrcValidMark> knownSrcValidMark,
        TableNames tables,
        HostSupport support)
        implements HostView {
    public PartialSnapshot {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        lookups = Map.copyOf(lookups);
    }

    /// Links without their addresses, and what the host is able to do.
    public static PartialSnapshot outline(List<HostLink> links, TableNames tables, HostSupport support) {
        return new PartialSnapshot(
                links, List.of(), List.of(), Map.of(), Optional.empty(), Optional.empty(), tables, support);
    }

    /// None: no precondition depends on the mark that is chosen.
    @Override
    public Set<Integer> otherMarks() {
        return Set.of();
    }

    @Override
    public SrcValidMark srcValidMark() {
        return knownSrcValidMark.orElseThrow();
    }

    @Override
    public PartialSnapshot withDevice(DeviceView view) {
        return new PartialSnapshot(
                links, routes, rules, lookups, Optional.of(view), knownSrcValidMark, tables, support);
    }
}
