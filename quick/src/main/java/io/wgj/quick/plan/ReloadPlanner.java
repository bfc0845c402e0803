// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.WithdrawnRoutes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans `reload`: the fewest steps from the host's state to what the file says. New things are added first,
/// old ones are removed last, and changed ones are replaced at once, so that packets always find one of the
/// two. Runs no hooks.
public final class ReloadPlanner {
    private final Tunnel tunnel;
    private final HostLink link;
    private final SystemSnapshot snapshot;
    private final SurvivingSteps surviving;
    private final List<Step.Lasting> inEffect;
    private final HookChanges hooks;
    private final WithdrawnRoutes withdrawn;
    private final PlanBuilder builder;
    private final Set<Object> kept = new HashSet<>();

    private ReloadPlanner(
            Tunnel tunnel,
            SystemSnapshot snapshot,
            SurvivingSteps surviving,
            List<Step.Lasting> inEffect,
            EarlierRuns earlier) {
        this.tunnel = tunnel;
        this.link = snapshot.link(tunnel.link().text()).orElseThrow();
        this.snapshot = snapshot;
        this.surviving = surviving;
        this.inEffect = inEffect;
        this.hooks = earlier.hooks();
        this.withdrawn = earlier.withdrawn();
        this.builder = new PlanBuilder(tunnel, snapshot);
    }

    /// @param snapshot of the host with the tunnel up
    /// @param earlier what earlier runs did
    /// @param wanted the file's whole configuration of the device, as [DeviceChanges#normal] has it
    /// @param change the part of it that is sent, as [DeviceChanges] finds it
    public static Plan reload(
            Tunnel tunnel, SystemSnapshot snapshot, EarlierRuns earlier, DeviceUpdate wanted, DeviceChange change)
            throws PlanException {
        if (snapshot.link(tunnel.link().text()).isEmpty() || snapshot.device().isEmpty()) {
            throw PlanException.noInterface(tunnel.link());
        }
        if (!tunnel.section().present()) {
            throw new PlanException(1, "the file has no [Interface] section");
        }
        List<Step.Lasting> effective = NetSteps.of(earlier.done());
        SurvivingSteps surviving = new SurvivingSteps(tunnel, snapshot.routingState(tunnel));
        List<Step.Lasting> inEffect = surviving.stillThere(effective);
        PlanBuilder target =
                new PlanBuilder(tunnel, HostBaseline.of(tunnel, snapshot, earlier, inEffect, wanted, change.update()));
        target.stickTo(effective, earlier.keepsMtu());
        QuickPlanner.configure(target);
        ReloadPlanner planner = new ReloadPlanner(tunnel, snapshot, surviving, inEffect, earlier);
        planner.compare(target, change);
        List<String> notes = new ArrayList<>(target.notes());
        notes.addAll(planner.builder.notes());
        return new Plan(planner.builder.steps(), notes);
    }

    private void compare(PlanBuilder target, DeviceChange change) {
        Map<Object, Step.Lasting> old = new LinkedHashMap<>();
        for (Step.Lasting step : inEffect) {
            old.put(step.identity(), step);
        }
        for (Step.Lasting step : target.lastingSteps()) {
            kept.add(step.identity());
        }
        boolean deviceIsDone = false;
        int left = 0;
        int mtu = link.mtu();
        for (Step.Lasting step : target.lastingSteps()) {
            // Peers get their allowed IPs before routes lead to them.
            if (!deviceIsDone && !(step instanceof Step.AddAddress)) {
                if (!change.isEmpty()) {
                    builder.add(new Step.ReloadDevice(tunnel.link(), Optional.of(change)));
                }
                deviceIsDone = true;
            }
            Step.Lasting before = old.get(step.identity());
            if (step instanceof Step.SetMtuAndUp wanted) {
                mtu = mtu(before, wanted);
            } else if (step instanceof Step.AddRoute add && withdrawn.leaves(add.route())) {
                left++;
            } else if (before != null) {
                change(before, step);
            } else if (!hooks.leaves(step)) {
                add(step);
            }
        }
        if (left > 0) {
            builder.note((left == 1 ? "1 route stays" : left + " routes stay")
                    + " withdrawn until the peer is up: `wgj monitor' withdrew what WithdrawRoutesAfter names");
        }
        int wantedMtu = needsIpv6() && link.mtu() < MtuRule.LEAST_FOR_IPV6 ? wantedMtu(target, mtu) : mtu;
        if (wantedMtu > link.mtu()) {
            // Before the addresses: the link may have been too small for IPv6.
            builder.addFirst(new Step.SetMtu(tunnel.link(), wantedMtu, link.mtu()));
        }
        for (Step.Lasting step : inEffect.reversed()) {
            if (kept.add(step.identity())) {
                remove(step, target);
            }
        }
        if (wantedMtu < link.mtu()) {
            // After everything of IPv6 is removed: the kernel would remove it by itself.
            builder.add(new Step.SetMtu(tunnel.link(), wantedMtu, link.mtu()));
        }
    }

    /// The link's new MTU. While the file wants the same MTU as before, a different one was set by a hook and
    /// stays.
    private int mtu(Step.@Nullable Lasting before, Step.SetMtuAndUp wanted) {
        boolean same = before instanceof Step.SetMtuAndUp was && was.mtu() == wanted.mtu();
        return same ? link.mtu() : wanted.mtu();
    }

    private static int wantedMtu(PlanBuilder target, int otherwise) {
        for (Step.SetMtuAndUp set : Step.select(target.steps(), Step.SetMtuAndUp.class)) {
            return set.mtu();
        }
        return otherwise;
    }

    private boolean needsIpv6() {
        for (Step.AddAddress add : Step.select(builder.steps(), Step.AddAddress.class)) {
            if (add.address().family() == IpFamily.V6) {
                return true;
            }
        }
        for (Step.AddRoute add : Step.select(builder.steps(), Step.AddRoute.class)) {
            if (add.route().family() == IpFamily.V6 && add.route().device().equals(Optional.of(link.name()))) {
                return true;
            }
        }
        return false;
    }

    private void add(Step.Lasting step) {
        switch (step) {
            case Step.AddAddress add -> addAddress(add);
            case Step.AddRoute add -> addRoute(add.route());
            case Step.AddRule _, Step.InstallFirewall _, Step.SetDns _, Step.SetSysctl _, Step.SetFwmark _ ->
                builder.add(step);
            // A reload takes none of these steps.
            case Step.MakesLink _, Step.ApplyDevice _, Step.SetMtuAndUp _ -> {}
        }
    }

    private void addAddress(Step.AddAddress add) {
        IpPrefix address = add.address();
        // It may be a link-local address that the kernel has added and that `save` has put into the file.
        if (surviving.isThere(address)) {
            return;
        }
        for (IpPrefix other : link.addresses()) {
            if (!other.address().equals(address.address())) {
                continue;
            }
            Step ours = new Step.AddAddress(tunnel.link(), other);
            if (!inEffect.contains(ours)) {
                if (address.address().family() == IpFamily.V6 || isReplaced(address)) {
                    builder.note(address.text() + " is on " + link.name() + " as " + other.text()
                            + ", which wgj did not add: it is left as it is");
                    return;
                }
            } else if (address.address().family() == IpFamily.V6 && kept.add(ours)) {
                builder.add(new Step.ReplaceAddress(tunnel.link(), address, other));
                return;
            }
        }
        builder.add(add);
    }

    /// Whether a hook has replaced an address of ours by the same one with another prefix length.
    private boolean isReplaced(IpPrefix address) {
        for (Step.AddAddress was : Step.select(inEffect, Step.AddAddress.class)) {
            if (was.address().address().equals(address.address()) && !surviving.isThere(was.address())) {
                return true;
            }
        }
        return false;
    }

    private void addRoute(Route route) {
        Optional<Route> there = surviving.at(route);
        if (there.isEmpty()) {
            builder.add(new Step.AddRoute(route));
        } else if (!RoutePlace.sameEffect(there.get(), route)) {
            // The kernel's route of an address that is about to be removed.
            boolean kernels = there.get().protocol() == Route.PROTOCOL_KERNEL
                    && there.get().device().equals(Optional.of(link.name()));
            builder.add(kernels ? new Step.ReplaceRoute(route, there.get()) : new Step.AddRoute(route));
        }
    }

    /// Changes the contents of something that stays. Two steps of equal identity are of one kind.
    private void change(Step.Lasting before, Step.Lasting wanted) {
        switch (wanted) {
            case Step.AddRoute(Route route) -> {
                Route was = ((Step.AddRoute) before).route();
                if (!RoutePlace.sameEffect(route, was)) {
                    builder.add(new Step.ReplaceRoute(route, was));
                }
            }
            case Step.InstallFirewall install -> {
                Step.InstallFirewall was = (Step.InstallFirewall) before;
                if (!install.equals(was) && !isTakenForRight(install, was)) {
                    builder.add(new Step.ReplaceFirewall(install.tables(), was.tables()));
                }
            }
            case Step.SetDns(DnsSetup dns) -> {
                DnsSetup was = ((Step.SetDns) before).dns();
                if (!dns.equals(was)) {
                    builder.add(new Step.ReplaceDns(dns, was));
                }
            }
            case Step.SetFwmark set -> {
                int was = ((Step.SetFwmark) before).mark();
                if (set.mark() != was) {
                    builder.add(new Step.SetFwmark(tunnel.link(), set.mark(), was));
                }
            }
            // These have no contents besides their identity. The MTU is compared elsewhere.
            case Step.AddAddress _, Step.AddRule _, Step.SetSysctl _, Step.SetMtuAndUp _ -> {}
            case Step.MakesLink _, Step.ApplyDevice _ -> {}
        }
    }

    /// Whether a table whose contents are unknown counts as right: the mark and the addresses have not
    /// changed.
    private boolean isTakenForRight(Step.InstallFirewall wanted, Step.InstallFirewall was) {
        for (int i = 0; i < wanted.tables().size(); i++) {
            if (!(was.tables().get(i) instanceof FirewallTable.Found)
                    || !(wanted.tables().get(i) instanceof FirewallTable.MarkChains chains)
                    || chains.mark() != snapshot.device().orElse(DeviceView.NEW).fwmark()) {
                return false;
            }
            Set<IpAddress> now = new HashSet<>();
            for (IpPrefix address : link.addresses()) {
                if (address.address().family() == chains.family()) {
                    now.add(address.address());
                }
            }
            if (!chains.addresses().isEmpty() && !now.equals(new HashSet<>(chains.addresses()))) {
                return false;
            }
        }
        return true;
    }

    /// Removes what the file does not want any more. What a hook has put in its place stays.
    private void remove(Step.Lasting step, PlanBuilder target) {
        boolean removes = switch (step) {
            case Step.AddAddress add -> surviving.isThere(add.address());
            case Step.AddRoute add -> surviving.isOurs(add.route());
            case Step.SetSysctl _ -> !snapshot.srcValidMark().othersNeedIt();
            // A mark that the file names now has been sent to the device already.
            case Step.SetFwmark _ -> target.device().fwmark() == 0;
            case Step.AddRule _, Step.InstallFirewall _, Step.SetDns _ -> true;
            case Step.MakesLink _, Step.ApplyDevice _, Step.SetMtuAndUp _ -> false;
        };
        if (removes) {
            step.inverse().ifPresent(builder::add);
        }
    }
}
