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

/// Builds a plan: holds the steps so far, and the routes and rules that the host will have after them.
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
        // Two tunnels with one mark would use each other's routes. (wg-quick looks only at tables.)
        usedTables.addAll(snapshot.otherMarks());
        this.fwmark = device().fwmark();
    }

    Tunnel tunnel() {
        return tunnel;
    }

    HostView snapshot() {
        return snapshot;
    }

    /// Makes the builder choose again what earlier runs chose: a reload keeps its mark, its tables, its
    /// priorities and its routes, whatever else has been added to the host.
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

    /// Whether an earlier run added the route, and the plan has none in its place yet.
    boolean keeps(Route route) {
        return keptRoutes.contains(RoutePlace.of(route));
    }

    /// The MTU that an earlier run found, if it stays.
    OptionalInt keptMtu() {
        return keptMtu;
    }

    /// The tunnel's device at this point of the plan.
    DeviceView device() {
        return snapshot.device().orElse(DeviceView.NEW);
    }

    /// Tells the builder what the link is like now that it is up.
    void linkIsUp(UpLink now) {
        upLink = Optional.of(now);
    }

    /// The tunnel's link once it is up; empty before.
    Optional<UpLink> upLink() {
        return upLink;
    }

    /// Notes that a prefix gets no route because the kernel is expected to add one for an address.
    void presume(IpPrefix prefix) {
        presumed.add(prefix);
    }

    /// Adds a note about the prefixes that were left out for this reason.
    void notePresumptions() {
        if (!presumed.isEmpty()) {
            int others = presumed.size() - 1;
            note(presumed.getFirst().text() + (others == 0 ? "" : " (and " + others + " more)")
                    + " gets no route of its own: the kernel is presumed to route it for an Address line;"
                    + " `up' asks the kernel and adds what is missing");
        }
    }

    /// The steps so far, as a live list.
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

    /// Adds a rule. A rule without a priority gets the one that the kernel would choose.
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

    /// The mark of encrypted packets. A device without a mark gets the number of the first empty table from
    /// 51820 on, as in wg-quick.
    int ensureFwmark() {
        if (fwmark == 0) {
            fwmark = keptMark != 0 ? keptMark : firstEmptyTable(FIRST_MARK);
            steps.add(new Step.SetFwmark(tunnel.link(), fwmark, 0));
        }
        return fwmark;
    }

    /// The number of a table for encrypted packets.
    int underlayTable() {
        return keptUnderlayTable != 0 ? keptUnderlayTable : firstEmptyTable(FIRST_UNDERLAY_TABLE);
    }

    /// The first table from `number` on that has no route, and whose number is no other device's mark.
    private int firstEmptyTable(int number) {
        int table = number;
        while (usedTables.contains(table)) {
            table++;
        }
        return table;
    }

    /// Makes the reverse-path filter of IPv4 look up marks, which the connection-mark chains restore.
    void ensureSrcValidMark() {
        if (!setsSrcValidMark && !snapshot.srcValidMark().isOn()) {
            setsSrcValidMark = true;
            String before = snapshot.srcValidMark().value();
            steps.add(new Step.SetSysctl(SrcValidMark.KEY, "1", before));
        }
    }

    /// @param need why the table is needed
    void installFirewall(FirewallTable table, FirewallPurpose need) throws PlanException {
        requireNftables(need);
        steps.add(new Step.InstallFirewall(List.of(table)));
    }

    /// @param need why nftables is needed
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
