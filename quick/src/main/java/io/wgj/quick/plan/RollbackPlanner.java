// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;

/// Finds the steps that undo a history of steps. What goes with the link is not undone step by step.
final class RollbackPlanner {
    private final Tunnel tunnel;
    private final List<Step> defaultRules4 = new ArrayList<>();
    private final List<Step> defaultRules6 = new ArrayList<>();
    /// The last step comes first, here and in `sysctls`.
    private final List<Step> routing = new ArrayList<>();
    private final List<Step> dns = new ArrayList<>();
    private final List<FirewallTable> tables = new ArrayList<>();
    private final List<Step.SetSysctl> sysctls = new ArrayList<>();
    private boolean makesLink;

    /// @param history in the order in which it happened
    RollbackPlanner(Tunnel tunnel, List<Step> history) {
        this.tunnel = tunnel;
        for (Step.Lasting step : NetSteps.of(history).reversed()) {
            undo(step);
        }
    }

    private void undo(Step.Lasting step) {
        switch (step) {
            case Step.MakesLink _ -> makesLink = true;
            case Step.AddRule add -> undoRule(add.rule());
            case Step.AddRoute add -> {
                if (outlivesLink(add.route())) {
                    routing.add(new Step.DeleteRoute(add.route()));
                }
            }
            case Step.SetDns set -> dns.addFirst(new Step.UnsetDns(set.dns()));
            case Step.InstallFirewall install -> tables.addAll(0, install.tables());
            case Step.SetSysctl set -> sysctls.add(set);
            case Step.ApplyDevice _, Step.SetFwmark _, Step.AddAddress _, Step.SetMtuAndUp _ -> {}
        }
    }

    private void undoRule(PolicyRule rule) {
        Step delete = new Step.DeleteRule(rule);
        if (!DefaultRouteRules.isEither(rule)) {
            routing.add(delete);
        } else if (rule.family() == IpFamily.V6) {
            defaultRules6.addFirst(delete);
        } else {
            defaultRules4.addFirst(delete);
        }
    }

    private boolean outlivesLink(Route route) {
        return route.device().isEmpty()
                || !route.device().get().equals(tunnel.link().text());
    }

    /// Deletes the rules of default routes, IPv4 first, as wg-quick does; then all other rules and the routes
    /// that do not go with the link, the last one first.
    List<Step> routing() {
        List<Step> back = new ArrayList<>(defaultRules4);
        back.addAll(defaultRules6);
        back.addAll(routing);
        return back;
    }

    /// Deletes the link, if these steps made it.
    List<Step> link() {
        return makesLink ? List.of(new Step.DeleteLink(tunnel.link())) : List.of();
    }

    /// Removes the name servers.
    List<Step> dns() {
        return dns;
    }

    /// Deletes all tables in one transaction.
    List<Step> firewall() {
        return tables.isEmpty() ? List.of() : List.of(new Step.RemoveFirewall(tables));
    }

    /// Restores kernel settings that still have the value that these steps set, unless another tunnel needs
    /// it.
    List<Step> sysctls(SrcValidMark now) {
        List<Step> back = new ArrayList<>();
        for (Step.SetSysctl set : sysctls) {
            if (now.value().equals(set.value()) && !now.othersNeedIt()) {
                set.inverse().ifPresent(back::add);
            }
        }
        return back;
    }
}
