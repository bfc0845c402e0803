// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.Located;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The host as `up` of the file would find it when it plans its routes: without the steps of earlier runs,
/// and without what hooks have added to the link since.
final class HostBaseline {
    private final Tunnel tunnel;
    private final SystemSnapshot snapshot;
    private final EarlierRuns earlier;
    private final List<Step.Lasting> inEffect;
    private final HostLink link;

    private HostBaseline(Tunnel tunnel, SystemSnapshot snapshot, EarlierRuns earlier, List<Step.Lasting> inEffect) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        this.earlier = earlier;
        this.inEffect = inEffect;
        this.link = snapshot.link(tunnel.link().text()).orElseThrow();
    }

    /// @param inEffect the steps of earlier runs that are still in effect
    /// @param wanted the file's whole configuration of the device
    /// @param changes the part of it that is sent
    static SystemSnapshot of(
            Tunnel tunnel,
            SystemSnapshot snapshot,
            EarlierRuns earlier,
            List<Step.Lasting> inEffect,
            DeviceUpdate wanted,
            DeviceUpdate changes) {
        return new HostBaseline(tunnel, snapshot, earlier, inEffect).bare(wanted, changes);
    }

    private SystemSnapshot bare(DeviceUpdate wanted, DeviceUpdate changes) {
        Set<Step> ours = new HashSet<>(inEffect);
        boolean chosenMark = Step.contains(inEffect, Step.SetFwmark.class);
        boolean sysctl = Step.contains(inEffect, Step.SetSysctl.class);
        List<HostLink> links = new ArrayList<>();
        for (HostLink other : snapshot.links()) {
            links.add(
                    other.name().equals(link.name())
                            ? new HostLink(link.name(), link.mtu(), link.broadcast(), addresses(ours))
                            : other);
        }
        List<PolicyRule> rules = new ArrayList<>(snapshot.rules());
        rules.removeIf(rule -> ours.contains(new Step.AddRule(rule)));
        return new SystemSnapshot(
                links,
                routes(),
                rules,
                snapshot.lookups(),
                Optional.of(device(wanted, changes, chosenMark)),
                snapshot.otherMarks(),
                sysctl ? new SrcValidMark("0", snapshot.srcValidMark().othersNeedIt()) : snapshot.srcValidMark(),
                snapshot.tables(),
                snapshot.firewall(),
                snapshot.support());
    }

    /// The link's addresses without ours. Where a firewall lists the addresses of the time when it was added,
    /// other addresses came later and are left out.
    private List<IpPrefix> addresses(Set<Step> ours) {
        List<IpPrefix> addresses = new ArrayList<>(link.addresses());
        addresses.removeIf(address -> ours.contains(new Step.AddAddress(tunnel.link(), address)));
        for (IpFamily family : IpFamily.values()) {
            Optional<Set<IpAddress>> known = knownToFirewall(family);
            if (known.isPresent()) {
                List<IpPrefix> earlier = new ArrayList<>();
                for (IpAddress number : known.get()) {
                    for (IpPrefix address : addresses) {
                        if (address.address().equals(number)) {
                            earlier.add(address);
                        }
                    }
                }
                addresses.removeIf(address -> address.address().family() == family);
                addresses.addAll(earlier);
            }
        }
        return addresses;
    }

    /// The addresses that the firewall of a default route lists, in its order. Empty without such a firewall:
    /// that of an `Underlay` lists none.
    private Optional<Set<IpAddress>> knownToFirewall(IpFamily family) {
        boolean hasDefault = false;
        for (Step.AddRule add : Step.select(inEffect, Step.AddRule.class)) {
            hasDefault |= add.rule().family() == family && DefaultRouteRules.isUnmarked(add.rule());
        }
        Optional<Set<IpAddress>> known = Optional.empty();
        for (Step.InstallFirewall install : Step.select(inEffect, Step.InstallFirewall.class)) {
            for (FirewallTable table : install.tables()) {
                if (table instanceof FirewallTable.MarkChains chains && chains.family() == family) {
                    known = Optional.of(new LinkedHashSet<>(chains.addresses()));
                }
            }
        }
        return hasDefault ? known : Optional.empty();
    }

    private List<Route> routes() {
        Set<RoutePlace> ours = new HashSet<>();
        for (Step.AddRoute add : Step.select(inEffect, Step.AddRoute.class)) {
            ours.add(RoutePlace.of(add.route()));
        }
        Set<RoutePlace> found = new HashSet<>();
        for (Route route : earlier.earlierRoutes()) {
            found.add(RoutePlace.of(route));
        }
        Set<IpPrefix> networks = EarlierRoutes.networks(tunnel);
        List<Route> routes = new ArrayList<>();
        for (Route route : snapshot.routes()) {
            boolean here = route.device().equals(Optional.of(link.name()));
            // The kernel's routes of other addresses are about to go, or belong to a hook.
            boolean counts = !here
                    || EarlierRoutes.isOfAddress(route, networks)
                    || !earlier.journalled()
                    || found.contains(RoutePlace.of(route));
            if (counts && !ours.contains(RoutePlace.of(route))) {
                routes.add(route);
            }
        }
        // Adds those that a `PostUp` hook has removed since.
        for (Route route : earlier.earlierRoutes()) {
            if (!routes.contains(route)) {
                routes.add(route);
            }
        }
        addForeseen(routes);
        return routes;
    }

    /// Adds the routes that the kernel is going to add for addresses that are not there yet, and those that a
    /// `PostUp` hook has removed.
    private void addForeseen(List<Route> routes) {
        boolean hooksRan = earlier.journalled() && !tunnel.section().postUp().isEmpty();
        for (Located<IpPrefix> located : tunnel.section().addresses()) {
            IpPrefix address = located.value();
            Optional<IpPrefix> network = EarlierRoutes.connected(address);
            if (network.isPresent() && (hooksRan || !link.addresses().contains(address))) {
                routes.add(Route.onLink(network.get(), link.name(), TableNames.MAIN, Route.PROTOCOL_KERNEL));
            }
        }
    }

    /// The device as the file wants it. A port or a mark that the file does not name stays, except for a mark
    /// that an earlier run chose.
    private DeviceView device(DeviceUpdate wanted, DeviceUpdate changes, boolean chosenMark) {
        DeviceView now = snapshot.device().orElseThrow();
        DeviceView foreseen = DeviceView.foreseen(wanted);
        boolean named = foreseen.fwmark() != 0 || chosenMark || changes.fwmark().isMentioned();
        int mark = named ? foreseen.fwmark() : now.fwmark();
        int port = foreseen.listenPort() == 0 ? now.listenPort() : foreseen.listenPort();
        return new DeviceView(mark, port, withHooks(foreseen.allowedIps()), foreseen.endpoints());
    }

    /// Adds the allowed IPs that hooks have added and that have routes: `up` planned its routes after these
    /// hooks.
    private List<IpPrefix> withHooks(List<IpPrefix> allowedIps) {
        if (earlier.hooks().prefixes().isEmpty()) {
            return allowedIps;
        }
        Set<IpPrefix> routed = new HashSet<>();
        for (Step.AddRoute add : Step.select(inEffect, Step.AddRoute.class)) {
            if (add.route().device().equals(Optional.of(link.name()))) {
                routed.add(add.route().destination());
            }
        }
        Set<IpPrefix> all = new LinkedHashSet<>(allowedIps);
        for (IpPrefix prefix : earlier.hooks().prefixes()) {
            if (routed.contains(prefix)) {
                all.add(prefix);
            }
        }
        return List.copyOf(all);
    }
}
