// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The way back from steps that were taken. What goes with the link is not taken away one by one.
final class RollbackPlanner {
    private final Tunnel tunnel;
    private final List<Step> done;

    /// @param done in the order it was done
    RollbackPlanner(Tunnel tunnel, List<Step> done) {
        this.tunnel = tunnel;
        this.done = NetSteps.of(done);
    }

    /// The rules of default routes, IPv4 first, as wg-quick deletes them; then all others and the routes that are not
    /// the link's, the last one first.
    List<Step> routing() {
        List<Step> back = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            for (Step step : done) {
                if (step instanceof Step.AddRule add
                        && isOfDefaultRoute(add)
                        && add.rule().family() == family) {
                    back.add(new Step.DeleteRule(add.rule()));
                }
            }
        }
        for (Step step : done.reversed()) {
            if (step instanceof Step.AddRule add && !isOfDefaultRoute(add)) {
                back.add(new Step.DeleteRule(add.rule()));
            } else if (step instanceof Step.AddRoute add && outlivesLink(add.route())) {
                back.add(new Step.DeleteRoute(add.route()));
            }
        }
        return back;
    }

    private static boolean isOfDefaultRoute(Step.AddRule step) {
        return DefaultRouteRules.isUnmarked(step.rule()) || DefaultRouteRules.isMainWithoutDefault(step.rule());
    }

    private boolean outlivesLink(Route route) {
        return route.device().isEmpty()
                || !route.device().get().equals(tunnel.link().text());
    }

    /// The link, if these steps made it.
    List<Step> link() {
        for (Step step : done) {
            if (step instanceof Step.CreateLink || step instanceof Step.StartEngine) {
                return List.of(new Step.DeleteLink(tunnel.link()));
            }
        }
        return List.of();
    }

    List<Step> dns() {
        List<Step> back = new ArrayList<>();
        for (Step step : done) {
            if (step instanceof Step.SetDns set) {
                back.add(new Step.UnsetDns(set.dns()));
            }
        }
        return back;
    }

    /// All tables in one transaction.
    List<Step> firewall() {
        List<FirewallTable> tables = new ArrayList<>();
        for (Step step : done) {
            if (step instanceof Step.InstallFirewall install) {
                tables.addAll(install.tables());
            }
        }
        return tables.isEmpty() ? List.of() : List.of(new Step.RemoveFirewall(tables));
    }

    /// Kernel settings, where they are still as these steps left them and nobody else needs them.
    List<Step> sysctls(SystemSnapshot.SrcValidMark now) {
        List<Step> back = new ArrayList<>();
        for (Step step : done) {
            if (step instanceof Step.SetSysctl set && now.value().equals(set.value()) && !now.othersNeedIt()) {
                back.add(new Step.SetSysctl(set.key(), set.before(), set.value()));
            }
        }
        Collections.reverse(back);
        return back;
    }
}
