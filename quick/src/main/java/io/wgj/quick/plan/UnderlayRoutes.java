// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.RouteTable;
import io.wgj.config.file.Underlay;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NextHop;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans the `Underlay` lines: encrypted packets get a table of their own by their mark, independent of the
/// main table. A source address alone is rewritten by nftables instead.
final class UnderlayRoutes {
    private static final String WAYS_OUT = "; add one, or name the gateway with via";
    /// More than any metric.
    private static final long OTHER_TABLES = 1L << 32;

    private final PlanBuilder builder;
    private final boolean routesDefaults;
    private Optional<Integer> table = Optional.empty();

    private UnderlayRoutes(PlanBuilder builder) {
        this.builder = builder;
        this.routesDefaults = builder.tunnel().section().table() instanceof RouteTable.Auto;
    }

    static void plan(PlanBuilder builder) throws PlanException {
        UnderlayRoutes routes = new UnderlayRoutes(builder);
        for (Located<Underlay> underlay : builder.tunnel().section().underlays()) {
            try {
                routes.plan(underlay.value());
            } catch (PlanException e) {
                throw new PlanException(e.exitCode(), underlay.place() + ": [Interface] Underlay: " + e.getMessage());
            }
        }
    }

    /// The source addresses that nftables writes. Our engine chooses its source address itself.
    static List<IpAddress> rewrittenSources(PlanBuilder builder) {
        List<IpAddress> sources = new ArrayList<>();
        if (!builder.snapshot().support().usesOwnEngine()) {
            for (Located<Underlay> located : builder.tunnel().section().underlays()) {
                Underlay underlay = located.value();
                if (isSourceAlone(underlay)) {
                    underlay.src().ifPresent(sources::add);
                }
            }
        }
        return sources;
    }

    private static boolean isSourceAlone(Underlay underlay) {
        return underlay.dev().isEmpty() && underlay.via().isEmpty();
    }

    private void plan(Underlay underlay) throws PlanException {
        if (underlay.src().isPresent()) {
            requireLocal(underlay.src().get());
        }
        Optional<HostLink> device = device(underlay);
        boolean planned = false;
        for (IpFamily family : IpFamily.values()) {
            if (underlay.covers(family) && (namesFamily(underlay) || hasDefaultRoute(device.orElseThrow(), family))) {
                plan(underlay, device, family);
                planned = true;
            }
        }
        if (!planned) {
            throw new PlanException(1, device.orElseThrow().name() + " has no default route" + WAYS_OUT);
        }
    }

    private static boolean namesFamily(Underlay underlay) {
        return underlay.via().isPresent() || underlay.src().isPresent();
    }

    /// Whether packets of the family leave by the device. Refuses a device without a default route of a
    /// family that an endpoint needs: its packets would use the main table, which the file wants to rule out.
    private boolean hasDefaultRoute(HostLink device, IpFamily family) throws PlanException {
        if (defaultRoute(device, family).isPresent()) {
            return true;
        }

        String lack = device.name() + " has no default route of " + family + ", which the endpoint ";
        for (Endpoint.Numeric endpoint : builder.device().endpoints()) {
            // A link-local address names its link by its scope.
            if (endpoint.address().family() == family && endpoint.scopeId() == 0) {
                throw new PlanException(1, lack + endpoint.text() + " needs" + WAYS_OUT);
            }
        }
        Optional<Endpoint.Named> name = nameOf(family);
        if (name.isPresent()) {
            throw new PlanException(
                    1,
                    lack + name.get().text() + " may need; add one, or name a gateway of " + family.other()
                            + " with via to leave " + family + " to the main table");
        }
        return false;
    }

    /// An endpoint that may resolve to an address of the family, if the host has a default route of that
    /// family.
    private Optional<Endpoint.Named> nameOf(IpFamily family) {
        if (!hostHasDefaultRoute(family)) {
            return Optional.empty();
        }
        for (PeerSection peer : builder.tunnel().file().peers()) {
            if (peer.endpoint().isPresent()
                    && peer.endpoint().get().value() instanceof Endpoint.Named name
                    && (family == IpFamily.V6 || name.host().indexOf(':') < 0)
                    && name.host().indexOf('%') < 0) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean hostHasDefaultRoute(IpFamily family) {
        for (Route route : builder.snapshot().routes()) {
            if (route.family() == family
                    && route.destination().length() == 0
                    && route.type() == RouteType.UNICAST
                    && !route.device()
                            .equals(Optional.of(builder.tunnel().link().text()))) {
                return true;
            }
        }
        return false;
    }

    private void plan(Underlay underlay, Optional<HostLink> device, IpFamily family) throws PlanException {
        int mark = builder.ensureFwmark();
        if (!isSourceAlone(underlay)) {
            route(underlay, device, family, mark);
        }
        if (family == IpFamily.V4) {
            builder.ensureSrcValidMark();
        }
        // A default route of the family adds these chains too, with the tunnel's addresses.
        if (!(routesDefaults && builder.device().hasDefault(family))) {
            builder.installFirewall(
                    new FirewallTable.MarkChains(family, builder.tunnel().link(), mark, List.of()),
                    FirewallPurpose.UNDERLAY);
        }
    }

    private void route(Underlay underlay, Optional<HostLink> device, IpFamily family, int mark) throws PlanException {
        int number = table.orElseGet(builder::underlayTable);
        table = Optional.of(number);
        Route.Builder route =
                new Route.Builder(IpPrefix.all(family)).table(number).protocol(Route.PROTOCOL_WGJ);
        if (device.isPresent()) {
            route.device(device.get().name());
        }
        if (underlay.via().isPresent()) {
            route.gateway(underlay.via().get());
        } else if (device.isPresent()) {
            copyDefaultRoute(device.get(), family, route);
        }
        if (underlay.src().isPresent()) {
            route.preferredSource(underlay.src().get());
        }
        builder.addRoute(route.build());
        builder.addRule(new PolicyRule.Builder(family)
                .mark(mark)
                .inputDevice("lo")
                .priority(RulePriorities.UNDERLAY)
                .table(number)
                .protocol(Route.PROTOCOL_WGJ)
                .build());
    }

    private Optional<HostLink> device(Underlay underlay) throws PlanException {
        if (underlay.dev().isEmpty()) {
            return Optional.empty();
        }
        String name = underlay.dev().get().text();
        if (name.equals(builder.tunnel().link().text())) {
            throw new PlanException(1, "encrypted packets of " + name + " cannot leave by " + name);
        }
        Optional<HostLink> link = builder.snapshot().link(name);
        if (link.isEmpty()) {
            throw new PlanException(1, "there is no device " + name);
        }
        return link;
    }

    /// Copies the default route by the device. Without one, packets of a family that `src` names can still
    /// leave by a point-to-point link.
    private void copyDefaultRoute(HostLink device, IpFamily family, Route.Builder copy) throws PlanException {
        Optional<Route> own = defaultRoute(device, family);
        if (own.isEmpty()) {
            if (device.broadcast()) {
                throw new PlanException(
                        1, "no default gateway is known behind " + device.name() + "; name it with via");
            }
            return;
        }
        own.get().gateway().ifPresent(copy::gateway);
        own.get().preferredSource().ifPresent(copy::preferredSource);
        own.get().mtu().ifPresent(copy::mtu);
        copy.onLink(own.get().onLink());
    }

    /// The default route by the device with the least metric, from the main table if there is one, else from
    /// other tables. Tables of other tunnels' `Underlay` do not count.
    private Optional<Route> defaultRoute(HostLink device, IpFamily family) {
        Set<Integer> underlays = new HashSet<>();
        for (PolicyRule rule : builder.snapshot().rules()) {
            if (RulePriorities.isUnderlay(rule)) {
                underlays.add(rule.table());
            }
        }
        Optional<Route> best = Optional.empty();
        long rank = 0;
        for (Route route : builder.snapshot().routes()) {
            Optional<Route> candidate = by(device, route, family);
            boolean counts = candidate.isPresent() && !underlays.contains(route.table());
            if (counts && (best.isEmpty() || rank(route) < rank)) {
                best = candidate;
                rank = rank(route);
            }
        }
        return best;
    }

    /// The part of a default route that leads by the device: of several next hops, the first one.
    private static Optional<Route> by(HostLink device, Route route, IpFamily family) {
        Optional<String> name = Optional.of(device.name());
        if (route.family() != family || route.destination().length() > 0) {
            return Optional.empty();
        }
        for (NextHop hop : route.nextHops()) {
            if (hop.device().equals(name)) {
                Route.Builder way = new Route.Builder(route.destination())
                        .device(device.name())
                        .onLink(hop.onLink());
                hop.gateway().ifPresent(way::gateway);
                route.preferredSource().ifPresent(way::preferredSource);
                route.mtu().ifPresent(way::mtu);
                return Optional.of(way.build());
            }
        }
        return route.device().equals(name) ? Optional.of(route) : Optional.empty();
    }

    private static long rank(Route route) {
        long metric = Integer.toUnsignedLong(route.metric().orElse(0));
        return route.table() == TableNames.MAIN ? metric : metric + OTHER_TABLES;
    }

    private void requireLocal(IpAddress source) throws PlanException {
        for (HostLink link : builder.snapshot().links()) {
            for (IpPrefix address : link.addresses()) {
                if (address.address().equals(source)) {
                    return;
                }
            }
        }
        throw new PlanException(1, source.text() + " is not an address of this host");
    }
}
