// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.file.Underlay;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkAddress;
import io.wgj.netlink.route.NetworkPrefix;
import io.wgj.netlink.route.NextHop;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends encrypted packets the way that `Underlay` says, whatever the main table says: by a table of its own that
/// their mark leads to, or, for a source address alone, by rewriting it.
final class UnderlayRoutes {
    private final Draft draft;
    private final boolean routesDefaults;
    private Optional<Integer> table = Optional.empty();

    private UnderlayRoutes(Draft draft) {
        this.draft = draft;
        this.routesDefaults = draft.tunnel().section().table() instanceof RouteTable.Auto;
    }

    static void plan(Draft draft) throws PlanException {
        UnderlayRoutes routes = new UnderlayRoutes(draft);
        for (Located<Underlay> underlay : draft.tunnel().section().underlays()) {
            try {
                routes.plan(underlay.value());
            } catch (PlanException e) {
                throw new PlanException(e.exitCode(), underlay.place() + ": [Interface] Underlay: " + e.getMessage());
            }
        }
    }

    /// The sources that are rewritten by the firewall; our engine chooses its source itself.
    static List<IpAddress> rewrittenSources(Draft draft) {
        List<IpAddress> sources = new ArrayList<>();
        if (!draft.snapshot().support().usesOwnEngine()) {
            for (Located<Underlay> located : draft.tunnel().section().underlays()) {
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
        boolean familyIsNamed = underlay.via().isPresent() || underlay.src().isPresent();
        boolean planned = false;
        for (boolean v6 : new boolean[] {false, true}) {
            if (familyIsNamed ? underlay.covers(v6) : hasFamily(device.orElseThrow(), v6)) {
                plan(underlay, device, v6);
                planned = true;
            }
        }
        if (!planned) {
            HostLink link = device.orElseThrow();
            throw link.broadcast() ? noGateway(link) : new PlanException(1, link.name() + " has no address");
        }
    }

    private void plan(Underlay underlay, Optional<HostLink> device, boolean v6) throws PlanException {
        int mark = draft.ensureFwmark();
        if (!isSourceAlone(underlay)) {
            route(underlay, device, v6, mark);
        }
        if (!v6) {
            draft.ensureSrcValidMark();
        }
        // A default route of the family brings the chains too, with the tunnel's addresses.
        if (!(routesDefaults && draft.device().hasDefault(v6))) {
            draft.installFirewall(
                    new FirewallTable.MarkChains(v6, draft.tunnel().link(), mark, List.of()));
        }
    }

    private void route(Underlay underlay, Optional<HostLink> device, boolean v6, int mark) throws PlanException {
        int number = table.orElseGet(draft::underlayTable);
        table = Optional.of(number);
        Route.Builder route =
                new Route.Builder(NetworkPrefix.all(v6)).table(number).protocol(Route.PROTOCOL_WGJ);
        underlay.src().ifPresent(source -> route.preferredSource(Prefixes.toNetlink(source)));
        if (device.isPresent()) {
            route.device(device.get().name());
        }
        if (underlay.via().isPresent()) {
            route.gateway(Prefixes.toNetlink(underlay.via().get()));
        } else if (device.isPresent() && device.get().broadcast()) {
            route.gateway(gatewayOf(device.get(), v6));
        }
        draft.addRoute(route.build());
        draft.addRule(new PolicyRule.Builder(v6)
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
        if (name.equals(draft.tunnel().link().text())) {
            throw new PlanException(1, "encrypted packets of " + name + " cannot leave by " + name);
        }
        Optional<HostLink> link = draft.snapshot().link(name);
        if (link.isEmpty()) {
            throw new PlanException(1, "there is no device " + name);
        }
        return link;
    }

    /// Whether packets of the family can leave by the device: on a network of several hosts there is a gateway, a
    /// point-to-point link has an address that is more than link-local, or a default route.
    private boolean hasFamily(HostLink device, boolean v6) {
        Optional<Route> route = defaultRoute(device, v6);
        if (device.broadcast()) {
            return route.isPresent() && route.get().gateway().isPresent();
        }
        for (IpPrefix address : device.addresses()) {
            if (address.address().v6() == v6 && !Prefixes.isLinkLocal(address.address())) {
                return true;
            }
        }
        return route.isPresent();
    }

    private NetworkAddress gatewayOf(HostLink device, boolean v6) throws PlanException {
        Optional<Route> route = defaultRoute(device, v6);
        if (route.isEmpty() || route.get().gateway().isEmpty()) {
            throw noGateway(device);
        }
        return route.get().gateway().get();
    }

    private static PlanException noGateway(HostLink device) {
        return new PlanException(1, "no default gateway is known behind " + device.name() + "; name it with via");
    }

    /// The default route by the device with the least metric, of whatever table.
    private Optional<Route> defaultRoute(HostLink device, boolean v6) {
        Optional<Route> best = Optional.empty();
        long metric = 0;
        for (Route route : draft.snapshot().routes()) {
            Optional<Route> candidate = by(device, route, v6);
            if (candidate.isPresent() && (best.isEmpty() || metric(route) < metric)) {
                best = candidate;
                metric = metric(route);
            }
        }
        return best;
    }

    /// A default route as far as it leads by the device: of several equal ways, the first that does.
    private static Optional<Route> by(HostLink device, Route route, boolean v6) {
        Optional<String> name = Optional.of(device.name());
        if (route.v6() != v6 || route.destination().length() > 0) {
            return Optional.empty();
        }
        for (NextHop hop : route.nextHops()) {
            if (hop.device().equals(name)) {
                Route.Builder way = new Route.Builder(route.destination()).device(device.name());
                hop.gateway().ifPresent(way::gateway);
                return Optional.of(way.build());
            }
        }
        return route.device().equals(name) ? Optional.of(route) : Optional.empty();
    }

    private static long metric(Route route) {
        return Integer.toUnsignedLong(route.metric().orElse(0));
    }

    private void requireLocal(IpAddress source) throws PlanException {
        for (HostLink link : draft.snapshot().links()) {
            for (IpPrefix address : link.addresses()) {
                if (address.address().equals(source)) {
                    return;
                }
            }
        }
        throw new PlanException(1, source.text() + " is not an address of this host");
    }
}
