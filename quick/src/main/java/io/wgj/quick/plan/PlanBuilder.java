// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostView;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.UpLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A plan while it is made: the steps so far, and what the host's routes and rules will be after them.
final class PlanBuilder {
    private static final int FIRST_MARK = 51820;
    private static final int FIRST_UNDERLAY_TABLE = 51920;

    private final Tunnel tunnel;
    private final HostView snapshot;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<PolicyRule> rules;
    private final Set<Integer> usedTables = new HashSet<>();
    private int fwmark;
    private final List<PolicyRule> keptRules = new ArrayList<>();
    private final Set<Object> keptRoutes = new HashSet<>();
    private OptionalInt keptMtu = OptionalInt.empty();
    private int keptMark;
    private int keptUnderlayTable;
    private boolean setsSrcValidMark;
    private Optional<UpLink> upLink = Optional.empty();
    private final List<IpPrefix> presumed = new ArrayList<>();

    PlanBuilder(Tunnel tunnel, HostView snapshot) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        this.rules = new ArrayList<>(snapshot.rules());
        for (Route route : snapshot.routes()) {
            usedTables.add(route.table());
        }
        // Two tunnels of one mark would take each other's way, though wg-quick only looks at tables.
        usedTables.addAll(snapshot.otherMarks());
        this.fwmark = device().fwmark();
    }

    Tunnel tunnel() {
        return tunnel;
    }

    HostView snapshot() {
        return snapshot;
    }

    /// Makes the builder choose again what earlier runs chose: a reload keeps its mark, its tables, its priorities and its
    /// routes, whatever else has been added to the host.
    ///
    /// @param chosen the steps of earlier runs that are in effect
    /// @param withMtu whether the MTU is kept too
    void stickTo(List<Step.Lasting> chosen, boolean withMtu) {
        for (Step.Lasting step : chosen) {
            switch (step) {
                case Step.SetFwmark set -> keptMark = set.mark() == 0 ? keptMark : set.mark();
                case Step.AddRule add -> {
                    if (RulePriorities.isUnderlay(add.rule())) {
                        keptUnderlayTable = add.rule().table();
                    }
                    keptRules.add(add.rule());
                }
                case Step.AddRoute add -> keptRoutes.add(RoutePlace.of(add.route()));
                case Step.SetMtuAndUp set -> keptMtu = withMtu ? OptionalInt.of(set.mtu()) : keptMtu;
                case Step.MakesLink _,
                        Step.ApplyDevice _,
                        Step.AddAddress _,
                        Step.SetSysctl _,
                        Step.InstallFirewall _,
                        Step.SetDns _ -> {}
            }
        }
    }

    /// Whether an earlier run added the route, and this builder has none in its place yet.
    boolean keeps(Route route) {
        return keptRoutes.contains(RoutePlace.of(route));
    }

    /// The MTU that was found out before, and is to stay.
    OptionalInt keptMtu() {
        return keptMtu;
    }

    /// The tunnel's device as it is configured at this point.
    DeviceView device() {
        return snapshot.device().orElse(DeviceView.NEW);
    }

    /// From now on the link is up, and what the kernel made of it is known.
    void linkIsUp(UpLink now) {
        upLink = Optional.of(now);
    }

    /// The tunnel's link once it is up; empty while that is only planned.
    Optional<UpLink> upLink() {
        return upLink;
    }

    /// Leaves out a route in the belief that the kernel makes one for an address.
    void presume(IpPrefix prefix) {
        presumed.add(prefix);
    }

    /// Tells of what was left out in that belief.
    void notePresumptions() {
        if (!presumed.isEmpty()) {
            int others = presumed.size() - 1;
            note(presumed.getFirst().text() + (others == 0 ? "" : " (and " + others + " more)")
                    + " gets no route of its own: the kernel is presumed to route it for an Address line;"
                    + " `up' asks the kernel and adds what is missing");
        }
    }

    /// The steps so far; live.
    List<Step> steps() {
        return steps;
    }

    /// The steps so far whose result stays.
    List<Step.Lasting> lastingSteps() {
        return Step.select(steps, Step.Lasting.class);
    }

    List<String> notes() {
        return notes;
    }

    void add(Step step) {
        steps.add(step);
    }

    /// Puts a step before all others.
    void addFirst(Step step) {
        steps.addFirst(step);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void addRoute(Route route) {
        steps.add(new Step.AddRoute(route));
        usedTables.add(route.table());
        if (!keptRoutes.isEmpty()) {
            keptRoutes.remove(RoutePlace.of(route));
        }
    }

    /// Adds a rule; one without a priority gets the kernel's choice.
    void addRule(PolicyRule rule) {
        PolicyRule placed = rule.priority().isPresent() ? rule : rule.withPriority(priority(rule));
        steps.add(new Step.AddRule(placed));
        rules.add(placed);
    }

    private int priority(PolicyRule rule) {
        for (PolicyRule kept : keptRules) {
            int priority = kept.priority().orElse(0);
            if (rule.withPriority(priority).equals(kept)) {
                keptRules.remove(kept);
                return priority;
            }
        }
        return RulePriorities.next(rules, rule.family());
    }

    /// The mark of encrypted packets. Where the device has none it gets the number of an empty table, from 51820 on, as
    /// wg-quick chooses it.
    int ensureFwmark() {
        if (fwmark == 0) {
            fwmark = keptMark != 0 ? keptMark : firstEmptyTable(FIRST_MARK);
            steps.add(new Step.SetFwmark(tunnel.link(), fwmark, 0));
        }
        return fwmark;
    }

    /// A table for encrypted packets alone.
    int underlayTable() {
        return keptUnderlayTable != 0 ? keptUnderlayTable : firstEmptyTable(FIRST_UNDERLAY_TABLE);
    }

    /// The first table from `number` on that has no route of either family and is no other device's mark.
    private int firstEmptyTable(int number) {
        int table = number;
        while (usedTables.contains(table)) {
            table++;
        }
        return table;
    }

    /// Lets the reverse-path filter of IPv4 see the marks that the connection-mark chains bring back.
    void ensureSrcValidMark() {
        if (!setsSrcValidMark && !snapshot.srcValidMark().isOn()) {
            setsSrcValidMark = true;
            String before = snapshot.srcValidMark().value();
            steps.add(new Step.SetSysctl(SrcValidMark.KEY, "1", before));
        }
    }

    /// @param need the key that needs the table
    void installFirewall(FirewallTable table, FirewallPurpose need) throws PlanException {
        requireNftables(need);
        steps.add(new Step.InstallFirewall(List.of(table)));
    }

    /// @param need what in the file needs it
    void requireNftables(FirewallPurpose need) throws PlanException {
        if (!snapshot.support().nftables()) {
            throw new PlanException(
                    1,
                    need.what()
                            + " needs nf_tables, which this kernel lacks; run `modprobe nf_tables' (for a container:"
                            + " on its host), or " + need.otherwise());
        }
    }
}
