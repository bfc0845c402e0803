// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the host still shows of what a tunnel's `up` did.
public final class SurvivingSteps {
    private final Tunnel tunnel;
    private final SystemSnapshot snapshot;
    private final Map<RoutePlace, Route> routes = new HashMap<>();
    private final Set<PolicyRule> rules = new HashSet<>();
    private final List<IpPrefix> addresses;

    SurvivingSteps(Tunnel tunnel, SystemSnapshot snapshot) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        for (Route route : snapshot.routes()) {
            routes.putIfAbsent(RoutePlace.of(route), route);
        }
        rules.addAll(snapshot.rules());
        addresses = snapshot.link(tunnel.link().text()).orElseThrow().addresses();
    }

    /// Of these steps, those that the host shows, and those that it cannot show. What a hook put in the place of an
    /// address or a route of ours stands for it.
    List<Step> stillThere(List<Step> done) {
        List<Step> present = new ArrayList<>();
        for (Step step : done) {
            boolean isThere;
            if (step instanceof Step.AddRoute add) {
                isThere = routes.containsKey(RoutePlace.of(add.route()));
            } else if (step instanceof Step.AddRule add) {
                isThere = rules.contains(add.rule());
            } else if (step instanceof Step.AddAddress add) {
                isThere = isThere(add.address()) || isReplaced(add.address(), done);
            } else if (step instanceof Step.SetSysctl) {
                isThere = snapshot.srcValidMark().isOn();
            } else {
                isThere = step instanceof Step.SetMtuAndUp
                        || step instanceof Step.SetFwmark
                        || step instanceof Step.InstallFirewall
                        || step instanceof Step.SetDns;
            }
            if (isThere) {
                present.add(step);
            }
        }
        return present;
    }

    /// The steps of `up` that hooks have undone, as far as the host shows them.
    ///
    /// @param steps of `up`
    /// @param snapshot of the host after its hooks
    public static List<Step> undone(Tunnel tunnel, List<Step> steps, SystemSnapshot snapshot) {
        if (snapshot.link(tunnel.link().text()).isEmpty()) {
            return List.of();
        }
        List<Step> undone = NetSteps.of(steps);
        Set<Step> there = new HashSet<>(new SurvivingSteps(tunnel, snapshot).stillThere(undone));
        List<Step> gone = new ArrayList<>();
        for (Step step : undone) {
            boolean shows = step instanceof Step.AddAddress
                    || step instanceof Step.AddRoute
                    || step instanceof Step.AddRule
                    || step instanceof Step.SetSysctl;
            if (shows && !there.contains(step)) {
                gone.add(step);
            }
        }
        return gone;
    }

    /// Whether the link has exactly this address.
    boolean isThere(IpPrefix address) {
        return addresses.contains(address);
    }

    /// Whether the link has the address only as no step of ours made it: with another length, or with a far end.
    private boolean isReplaced(IpPrefix address, List<Step> done) {
        for (IpPrefix other : addresses) {
            if (other.address().equals(address.address())
                    && !other.equals(address)
                    && !done.contains(new Step.AddAddress(tunnel.link(), other))) {
                return true;
            }
        }
        return false;
    }

    /// The route in the same place, whoever made it.
    Optional<Route> at(Route route) {
        return Optional.ofNullable(routes.get(RoutePlace.of(route)));
    }

    /// Whether the route that we added is there, and not another in its place. Where it names a gateway alone, the
    /// kernel has found the device.
    boolean isOurs(Route route) {
        Route there = routes.get(RoutePlace.of(route));
        return there != null
                && there.protocol() == route.protocol()
                && (route.device().isEmpty() || there.device().equals(route.device()));
    }
}
