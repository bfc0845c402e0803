// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Plans `down`, and the rollback of an `up` that failed.
public final class DownPlanner {
    private DownPlanner() {}

    /// Plans `down`: undoes what was done. Hooks and `SaveConfig` are as the file says now.
    ///
    /// @param done the journal's steps in their order, or [#found] where there is no journal
    public static Plan down(Tunnel tunnel, SystemSnapshot snapshot, List<Step> done) {
        List<Step> steps = new ArrayList<>(before(tunnel));
        boolean isThere = snapshot.link(tunnel.link().text()).isPresent();
        Optional<InterfaceName> link = isThere ? Optional.of(tunnel.link()) : Optional.empty();
        steps.addAll(removal(tunnel, snapshot.support(), snapshot.srcValidMark(), done, link));
        steps.addAll(after(tunnel));
        return new Plan(steps, List.of());
    }

    /// The steps before the removal: `PreDown` hooks and `SaveConfig`. Nothing is removed when one of them
    /// fails.
    public static List<Step> before(Tunnel tunnel) {
        List<Step> steps = new ArrayList<>(
                QuickPlanner.hooks(tunnel, HookPhase.PRE_DOWN, tunnel.section().preDown()));
        if (tunnel.section().saveConfig()) {
            steps.add(new Step.SaveConfig(tunnel.link()));
        }
        return steps;
    }

    /// The steps of the removal, without hooks.
    ///
    /// @param link the name that the link has now, if it is there and is to be deleted
    public static List<Step> removal(
            Tunnel tunnel,
            HostSupport support,
            SrcValidMark srcValidMark,
            List<Step> done,
            Optional<InterfaceName> link) {
        RollbackPlanner undo = new RollbackPlanner(tunnel, done);
        List<Step> steps = new ArrayList<>(undo.routing());
        if (link.isPresent() && !undo.link().isEmpty()) {
            steps.add(new Step.DeleteLink(link.get()));
        }
        List<Step> dns = undo.dns();
        steps.addAll(dns);
        if (dns.isEmpty()) {
            QuickPlanner.dnsSetup(tunnel, support).ifPresent(setup -> steps.add(new Step.UnsetDns(setup)));
        }
        steps.addAll(undo.firewall());
        steps.addAll(undo.sysctls(srcValidMark));
        return steps;
    }

    /// The steps after the removal: `PostDown` hooks.
    public static List<Step> after(Tunnel tunnel) {
        return QuickPlanner.hooks(tunnel, HookPhase.POST_DOWN, tunnel.section().postDown());
    }

    /// Undoes what a failed `up` did, in wg-quick's order and without hooks.
    ///
    /// @param now whether the kernel setting is still as it was set, and whether others need it
    public static List<Step> rollBack(Tunnel tunnel, List<Step> done, SrcValidMark now) {
        RollbackPlanner undo = new RollbackPlanner(tunnel, done);
        List<Step> back = new ArrayList<>(undo.dns());
        back.addAll(undo.firewall());
        back.addAll(undo.routing());
        back.addAll(undo.link());
        back.addAll(undo.sysctls(now));
        return back;
    }

    /// The steps that `up` must have taken, found from the host and the file, for tunnels without a journal.
    /// Finds what wg-quick's `down` finds, but only rules of this tunnel.
    public static List<Step> found(Tunnel tunnel, SystemSnapshot snapshot) {
        List<Step.Lasting> done = new ArrayList<>();
        String name = tunnel.link().text();
        done.add(new Step.CreateLink(tunnel.link()));
        snapshot.link(name).ifPresent(link -> foundOnLink(tunnel, link, done));
        Set<IpPrefix> allowed =
                new HashSet<>(snapshot.device().orElse(DeviceView.NEW).allowedIps());
        for (Route route : snapshot.routes()) {
            boolean here = route.device().isPresent() && route.device().get().equals(name);
            boolean kernels = route.protocol() == Route.PROTOCOL_KERNEL || route.table() == TableNames.LOCAL;
            // A hook has added the others.
            boolean peers = route.protocol() == Route.PROTOCOL_WGJ
                    || route.gateway().isEmpty() && allowed.contains(route.destination());
            if (here && !kernels && peers && route.type() == RouteType.UNICAST) {
                done.add(new Step.AddRoute(route));
            }
        }
        int mark = snapshot.device().orElse(DeviceView.NEW).fwmark();
        if (mark != 0) {
            foundRules(snapshot.rules(), mark, IpFamily.V4, done);
            foundRules(snapshot.rules(), mark, IpFamily.V6, done);
            foundUnderlays(snapshot, mark, done);
        }
        foundOfFile(tunnel, snapshot, done);
        // One step each, as `up` adds them.
        for (FirewallTable table : snapshot.firewall()) {
            done.add(new Step.InstallFirewall(List.of(table)));
        }
        QuickPlanner.dnsSetup(tunnel, snapshot.support()).ifPresent(dns -> done.add(new Step.SetDns(dns)));
        return List.copyOf(done);
    }

    /// The steps of a journal that does not tell all, and what is [#found] besides.
    public static List<Step> together(List<Step> told, List<Step> found) {
        List<Step> all = new ArrayList<>(told);
        Set<Object> known = new HashSet<>();
        for (Step.Lasting step : NetSteps.of(told)) {
            known.addAll(keys(step));
        }
        for (Step.Lasting step : Step.select(found, Step.Lasting.class)) {
            if (step instanceof Step.InstallFirewall install) {
                List<FirewallTable> tables = new ArrayList<>(install.tables());
                tables.removeAll(known);
                if (!tables.isEmpty()) {
                    all.add(new Step.InstallFirewall(tables));
                }
            } else if (!isKnown(step, known)) {
                all.add(step);
            }
        }
        return all;
    }

    private static boolean isKnown(Step.Lasting step, Set<Object> known) {
        List<?> keys = keys(step);
        return !keys.isEmpty() && known.containsAll(keys);
    }

    /// What a step is recognised by; empty for a step that may be in both lists, because to undo it twice
    /// does no harm.
    private static List<?> keys(Step.Lasting step) {
        return switch (step) {
            case Step.MakesLink _ -> List.of(Step.MakesLink.class);
            case Step.AddRule add -> List.of(add.rule().withProtocol(0));
            case Step.SetDns _ -> List.of(Step.SetDns.class);
            case Step.InstallFirewall install -> {
                List<FirewallTable> names = new ArrayList<>();
                for (FirewallTable table : install.tables()) {
                    names.add(new FirewallTable.Found(table.table()));
                }
                yield names;
            }
            case Step.ApplyDevice _,
                    Step.SetFwmark _,
                    Step.AddAddress _,
                    Step.SetMtuAndUp _,
                    Step.AddRoute _,
                    Step.SetSysctl _ -> List.of();
        };
    }

    private static void foundOnLink(Tunnel tunnel, HostLink link, List<Step.Lasting> done) {
        List<IpPrefix> wanted = new ArrayList<>();
        for (Located<IpPrefix> address : tunnel.section().addresses()) {
            wanted.add(address.value());
        }
        for (IpPrefix address : link.addresses()) {
            // The kernel adds link-local addresses that the file does not have.
            if (!address.address().isLinkLocal() || wanted.contains(address)) {
                done.add(new Step.AddAddress(tunnel.link(), address));
            }
        }
        done.add(new Step.SetMtuAndUp(tunnel.link(), link.mtu()));
    }

    /// Finds the rules that direct encrypted packets with this mark to our tables, and the routes in these
    /// tables.
    private static void foundUnderlays(SystemSnapshot snapshot, int mark, List<Step.Lasting> done) {
        for (PolicyRule rule : snapshot.rules()) {
            if (!RulePriorities.isUnderlay(rule)
                    || rule.mark().isEmpty()
                    || rule.mark().get().value() != mark) {
                continue;
            }
            for (Route route : snapshot.routes()) {
                boolean ours = route.protocol() == Route.PROTOCOL_WGJ && route.family() == rule.family();
                if (ours && route.table() == rule.table()) {
                    done.add(new Step.AddRoute(route));
                }
            }
            done.add(new Step.AddRule(rule));
        }
    }

    /// Finds the routes and rules of the file's `Route` and `Rule` lines that carry our protocol number.
    private static void foundOfFile(Tunnel tunnel, SystemSnapshot snapshot, List<Step.Lasting> done) {
        PlanBuilder builder = new PlanBuilder(tunnel, snapshot);
        try {
            FileRoutes.plan(builder);
        } catch (PlanException _) {
            // `up` would have refused this file, so it has changed since.
            return;
        }
        for (Step.AddRoute wanted : Step.select(builder.steps(), Step.AddRoute.class)) {
            for (Route route : snapshot.routes()) {
                Step.AddRoute there = new Step.AddRoute(route);
                boolean same = there.identity().equals(wanted.identity());
                if (same && route.protocol() == Route.PROTOCOL_WGJ && !done.contains(there)) {
                    done.add(there);
                }
            }
        }
        for (Step.AddRule wanted : Step.select(builder.steps(), Step.AddRule.class)) {
            // Its priority may have been chosen.
            PolicyRule anywhere = wanted.rule().withPriority(0);
            for (PolicyRule rule : snapshot.rules()) {
                if (rule.withPriority(0).equals(anywhere) && rule.protocol() == Route.PROTOCOL_WGJ) {
                    done.add(new Step.AddRule(rule));
                }
            }
        }
    }

    /// Finds the two rules of a default route. The rule for the table of the device's mark belongs to this
    /// tunnel, and so does the rule right before it that ignores the main table's default route. Where the
    /// two are not neighbours, the second rule may belong to any tunnel, and stays while another tunnel may
    /// need it.
    private static void foundRules(List<PolicyRule> rules, int mark, IpFamily family, List<Step.Lasting> done) {
        List<PolicyRule> suppressing = new ArrayList<>();
        boolean others = false;
        OptionalInt own = OptionalInt.empty();
        for (PolicyRule rule : rules) {
            if (rule.family() != family) {
                continue;
            }
            if (DefaultRouteRules.isMainWithoutDefault(rule)) {
                suppressing.add(rule);
            } else if (DefaultRouteRules.isUnmarked(rule) && rule.table() == mark) {
                done.add(new Step.AddRule(rule));
                own = rule.priority();
            } else {
                others |= DefaultRouteRules.isUnmarked(rule);
            }
        }
        if (own.isEmpty()) {
            return;
        }
        int neighbour = own.getAsInt() - 1;
        boolean hasNeighbour = false;
        for (PolicyRule rule : suppressing) {
            hasNeighbour |= rule.priority().orElse(0) == neighbour;
        }
        for (PolicyRule rule : suppressing) {
            if (hasNeighbour ? rule.priority().orElse(0) == neighbour : !others) {
                done.add(new Step.AddRule(rule));
                return;
            }
        }
    }
}
