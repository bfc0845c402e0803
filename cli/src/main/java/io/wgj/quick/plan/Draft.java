// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A plan while it is made: the steps so far, and what the host's routes and rules will be after them.
final class Draft {
    private final Tunnel tunnel;
    private final SystemSnapshot snapshot;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<PolicyRule> rules;
    private final Set<Integer> usedTables = new HashSet<>();
    private int fwmark;
    private int firstMark = 51820;
    private int firstUnderlayTable = 51920;
    private boolean srcValidMark;

    Draft(Tunnel tunnel, SystemSnapshot snapshot) {
        this.tunnel = tunnel;
        this.snapshot = snapshot;
        this.rules = new ArrayList<>(snapshot.rules());
        for (Route route : snapshot.routes()) {
            usedTables.add(route.table());
        }
        // Two tunnels of one mark would take each other's way, though wg-quick only looks at tables.
        usedTables.addAll(snapshot.otherMarks());
        this.fwmark = device().fwmark();
        this.srcValidMark = snapshot.srcValidMark().isOn();
    }

    Tunnel tunnel() {
        return tunnel;
    }

    SystemSnapshot snapshot() {
        return snapshot;
    }

    /// Makes the draft choose the numbers again that `chosen` has: a reload keeps its mark and its tables.
    void stickTo(List<Step> chosen) {
        for (Step step : chosen) {
            if (step instanceof Step.SetFwmark set && set.mark() != 0) {
                firstMark = set.mark();
            } else if (step instanceof Step.AddRule add && RulePriorities.isUnderlay(add.rule())) {
                firstUnderlayTable = add.rule().table();
            }
        }
    }

    /// The tunnel's device as it is configured at this point.
    DeviceView device() {
        return snapshot.device().orElse(DeviceView.NEW);
    }

    /// The steps so far; live.
    List<Step> steps() {
        return steps;
    }

    List<String> notes() {
        return notes;
    }

    void add(Step step) {
        steps.add(step);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void addRoute(Route route) {
        steps.add(new Step.AddRoute(route));
        usedTables.add(route.table());
    }

    /// Adds a rule; one without a priority gets the kernel's choice.
    void addRule(PolicyRule rule) {
        PolicyRule placed =
                rule.priority().isPresent() ? rule : rule.withPriority(RulePriorities.next(rules, rule.v6()));
        steps.add(new Step.AddRule(placed));
        rules.add(placed);
    }

    /// The mark of encrypted packets. Where the device has none it gets the number of an empty table, from 51820 on, as
    /// wg-quick chooses it.
    int ensureFwmark() {
        if (fwmark == 0) {
            fwmark = firstEmptyTable(firstMark);
            steps.add(new Step.SetFwmark(tunnel.link(), fwmark, 0));
        }
        return fwmark;
    }

    /// A table for encrypted packets alone.
    int underlayTable() {
        return firstEmptyTable(firstUnderlayTable);
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
        if (!srcValidMark) {
            srcValidMark = true;
            String before = snapshot.srcValidMark().value();
            steps.add(new Step.SetSysctl(SystemSnapshot.SrcValidMark.KEY, "1", before));
        }
    }

    void installFirewall(FirewallTable table) throws PlanException {
        if (!snapshot.support().nftables()) {
            throw new PlanException(1, "this kernel has no nftables, which " + tunnel.link() + " needs");
        }
        steps.add(new Step.InstallFirewall(List.of(table)));
    }
}
