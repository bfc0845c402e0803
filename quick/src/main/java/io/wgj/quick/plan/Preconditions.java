// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.Underlay;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.HostView;
import io.wgj.quick.model.PartialSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.List;

/// Checks before `up` does anything whether the host allows what the file asks for.
public final class Preconditions {
    private Preconditions() {}

    /// The host state that [#check] needs for a file. Most files need little, and listing a full routing
    /// table takes long.
    ///
    /// @param device the file's device before names are looked up
    /// @param underlay whether the addresses of all links and the reverse-path filter's setting are needed
    /// @param routes all of them, and all rules
    /// @param defaultRoute the IPv4 routes of the main table
    /// @param lookups the routes to the endpoints of `device`
    /// @param nftables whether the kernel has it
    public record Needs(
            DeviceView device,
            boolean underlay,
            boolean routes,
            boolean defaultRoute,
            boolean lookups,
            boolean nftables) {}

    /// @param links the host's links; their addresses are not needed
    public static Needs needs(Tunnel tunnel, PartialSnapshot links) throws PlanException {
        HostView foreseen = foreseen(tunnel, links);
        DeviceView device = foreseen.device().orElseThrow();
        PlanBuilder builder = new PlanBuilder(tunnel, foreseen);
        boolean nftables = DefaultRoute.isPlanned(builder) || tunnel.concernsEngine();
        if (hasHooks(tunnel)) {
            return new Needs(device, false, false, false, false, nftables);
        }
        boolean underlay = false;
        boolean routes = false;
        for (Located<Underlay> located : tunnel.section().underlays()) {
            underlay = true;
            routes |= located.value().dev().isPresent();
        }
        boolean ipv6 =
                tunnel.section().mtu().isEmpty() && Ipv6Use.first(builder).isPresent();
        boolean endpoints = !device.endpoints().isEmpty();
        boolean defaultRoute = ipv6 && !endpoints && !tunnel.namesEndpoints() && hasNarrowLink(links.links());
        return new Needs(device, underlay, routes, defaultRoute, ipv6 && endpoints, nftables);
    }

    /// Whether one of the links is so narrow that a default route by it would make the tunnel's MTU too small
    /// for IPv6.
    private static boolean hasNarrowLink(List<HostLink> links) {
        for (HostLink link : links) {
            if (link.mtu() < MtuRule.LEAST_FOR_IPV6 + MtuRule.OVERHEAD) {
                return true;
            }
        }
        return false;
    }

    /// Checks the host before anything is done. `PreUp` hooks may add a device, a route or a resolver: a file
    /// with such hooks is checked only for what the kernel lacks.
    ///
    /// @param snapshot as much as [#needs] asks for, or a whole one
    static void check(Tunnel tunnel, HostView snapshot) throws PlanException {
        if (!hasHooks(tunnel)) {
            checkAll(tunnel, snapshot);
        } else if (!loadsNftables(tunnel)) {
            requireNftables(new PlanBuilder(tunnel, foreseen(tunnel, snapshot)));
        }
    }

    /// Checks the host when no hook can change it any more.
    ///
    /// @param snapshot as for [#check]. Without a device, the file's is assumed
    static void checkAll(Tunnel tunnel, HostView snapshot) throws PlanException {
        PlanBuilder builder = new PlanBuilder(tunnel, foreseen(tunnel, snapshot));
        QuickPlanner.dns(builder);
        MtuRule.require(builder);
        SourceFilter.plan(builder);
        UnderlayRoutes.plan(builder);
        requireNftables(builder);
    }

    private static void requireNftables(PlanBuilder builder) throws PlanException {
        Tunnel tunnel = builder.tunnel();
        if (DefaultRoute.isPlanned(builder)) {
            builder.requireNftables(FirewallPurpose.DEFAULT_ROUTE);
        } else if (!tunnel.section().underlays().isEmpty()) {
            builder.requireNftables(FirewallPurpose.UNDERLAY);
        } else if (tunnel.concernsEngine() && !builder.snapshot().support().usesOwnEngine()) {
            builder.requireNftables(FirewallPurpose.ALLOWED_SOURCES);
        }
    }

    private static boolean hasHooks(Tunnel tunnel) {
        return !tunnel.section().preUp().isEmpty();
    }

    private static boolean loadsNftables(Tunnel tunnel) {
        for (Located<String> command : tunnel.section().preUp()) {
            if (command.value().contains("nf_tables") || command.value().contains("nft_")) {
                return true;
            }
        }
        return false;
    }

    private static HostView foreseen(Tunnel tunnel, HostView snapshot) {
        if (snapshot.device().isPresent()) {
            return snapshot;
        }
        return snapshot.withDevice(DeviceView.outline(tunnel.file()));
    }
}
