// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.RoutingState;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The steps of a tunnel's `up` that are still in effect on the host.
public final class SurvivingSteps {
    private final Tunnel tunnel;
    private final RoutingState host;
    private final Map<RoutePlace, Route> routes = new HashMap<>();
    private final Set<PolicyRule> rules = new HashSet<>();
    private final List<IpPrefix> addresses;

    SurvivingSteps(Tunnel tunnel, RoutingState host) {
        this.tunnel = tunnel;
        this.host = host;
        for (Route route : host.routes()) {
            routes.putIfAbsent(RoutePlace.of(route), route);
        }
        rules.addAll(host.rules());
        addresses = host.link().orElseThrow().addresses();
    }

    /// The steps still in effect, plus those whose effect cannot be observed. What a hook put in the place of
    /// an address or a route of ours counts as ours.
    List<Step.Lasting> stillThere(List<Step.Lasting> done) {
        List<Step.Lasting> present = new ArrayList<>();
        for (Step.Lasting step : done) {
            if (isThere(step, done)) {
                present.add(step);
            }
        }
        return present;
    }

    private boolean isThere(Step.Lasting step, List<Step.Lasting> done) {
        return switch (step) {
            case Step.AddRoute add -> routes.containsKey(RoutePlace.of(add.route()));
            case Step.AddRule add -> rules.contains(add.rule());
            case Step.AddAddress add -> isThere(add.address()) || isReplaced(add.address(), done);
            case Step.SetSysctl _ -> host.srcValidMark().isOn();
            case Step.SetMtuAndUp _, Step.SetFwmark _, Step.InstallFirewall _, Step.SetDns _ -> true;
            // A reload neither makes the link nor configures a new device.
            case Step.MakesLink _, Step.ApplyDevice _ -> false;
        };
    }

    /// Whether the host shows that the step is in effect.
    private static boolean isObservable(Step.Lasting step) {
        return switch (step) {
            case Step.AddAddress _, Step.AddRoute _, Step.AddRule _, Step.SetSysctl _ -> true;
            case Step.MakesLink _,
                    Step.ApplyDevice _,
                    Step.SetMtuAndUp _,
                    Step.SetFwmark _,
                    Step.InstallFirewall _,
                    Step.SetDns _ -> false;
        };
    }

    /// The steps of `up` that hooks have undone, as far as the host shows it.
    ///
    /// @param steps of `up`
    /// @param host after the hooks
    public static List<Step> undone(Tunnel tunnel, List<Step> steps, RoutingState host) {
        if (host.link().isEmpty()) {
            return List.of();
        }
        List<Step.Lasting> net = NetSteps.of(steps);
        Set<Step> there = new HashSet<>(new SurvivingSteps(tunnel, host).stillThere(net));
        List<Step> gone = new ArrayList<>();
        for (Step.Lasting step : net) {
            if (isObservable(step) && !there.contains(step)) {
                gone.add(step);
            }
        }
        return gone;
    }

    /// Whether the link has exactly this address.
    boolean isThere(IpPrefix address) {
        return addresses.contains(address);
    }

    /// Whether the link has the address, but with a prefix length or a peer address that no step of ours gave
    /// it.
    private boolean isReplaced(IpPrefix address, List<Step.Lasting> done) {
        for (IpPrefix other : addresses) {
            if (other.address().equals(address.address())
                    && !other.equals(address)
                    && !done.contains(new Step.AddAddress(tunnel.link(), other))) {
                return true;
            }
        }
        return false;
    }

    /// The route in the same place, whatever made it.
    Optional<Route> at(Route route) {
        return Optional.ofNullable(routes.get(RoutePlace.of(route)));
    }

    /// Whether the route that we added is there, and not another one in its place. For a route that names
    /// only a gateway, the kernel has found the device.
    boolean isOurs(Route route) {
        Route there = routes.get(RoutePlace.of(route));
        return there != null
                && there.protocol() == route.protocol()
                && (route.device().isEmpty() || there.device().equals(route.device()));
    }
}
