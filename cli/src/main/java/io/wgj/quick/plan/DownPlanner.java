// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkPrefix;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Plans `down`, and the way back of an `up` that failed. Pure.
public final class DownPlanner {
    private DownPlanner() {}

    /// Takes back what was done; hooks and saving are as the file says now.
    ///
    /// @param done the journal's steps in their order, or [#found] where there is no journal
    public static Plan down(Tunnel tunnel, SystemSnapshot snapshot, List<Step> done) {
        Draft draft = new Draft(tunnel, snapshot);
        Undo undo = new Undo(tunnel, done);
        QuickPlanner.hooks(draft, HookPhase.PRE_DOWN, tunnel.section().preDown());
        if (tunnel.section().saveConfig()) {
            draft.add(new Step.SaveConfig(tunnel.link()));
        }
        undo.routing().forEach(draft::add);
        if (snapshot.link(tunnel.link().text()).isPresent()) {
            undo.link().forEach(draft::add);
        }
        List<Step> dns = undo.dns();
        dns.forEach(draft::add);
        if (dns.isEmpty()) {
            QuickPlanner.dnsSetup(tunnel, snapshot).ifPresent(setup -> draft.add(new Step.UnsetDns(setup)));
        }
        undo.firewall().forEach(draft::add);
        undo.sysctls(snapshot.srcValidMark()).forEach(draft::add);
        QuickPlanner.hooks(draft, HookPhase.POST_DOWN, tunnel.section().postDown());
        return new Plan(draft.steps(), Optional.empty(), draft.notes());
    }

    /// Takes back what a failed `up` did, in wg-quick's order and without hooks.
    ///
    /// @param now whether the kernel setting is still as it was set, and whether others need it
    public static List<Step> rollBack(Tunnel tunnel, List<Step> done, SystemSnapshot.SrcValidMark now) {
        Undo undo = new Undo(tunnel, done);
        List<Step> back = new ArrayList<>(undo.dns());
        back.addAll(undo.firewall());
        back.addAll(undo.routing());
        back.addAll(undo.link());
        back.addAll(undo.sysctls(now));
        return back;
    }

    /// What `up` must have done, from the host and the file alone, for tunnels without a journal: as wg-quick finds it,
    /// but of rules only those that are this tunnel's.
    public static List<Step> found(Tunnel tunnel, SystemSnapshot snapshot) {
        List<Step> done = new ArrayList<>();
        String name = tunnel.link().text();
        done.add(new Step.CreateLink(tunnel.link()));
        snapshot.link(name).ifPresent(link -> foundOnLink(tunnel, link, done));
        Set<NetworkPrefix> allowed = new HashSet<>();
        for (IpPrefix prefix : snapshot.device().orElse(DeviceView.NEW).allowedIps()) {
            allowed.add(Prefixes.toNetlink(prefix));
        }
        for (Route route : snapshot.routes()) {
            boolean here = route.device().isPresent() && route.device().get().equals(name);
            boolean kernels = route.protocol() == Route.PROTOCOL_KERNEL || route.table() == TableNames.LOCAL;
            // Others are a hook's.
            boolean peers = route.protocol() == Route.PROTOCOL_WGJ
                    || route.gateway().isEmpty() && allowed.contains(route.destination());
            if (here && !kernels && peers && route.type() == RouteType.UNICAST) {
                done.add(new Step.AddRoute(route));
            }
        }
        int mark = snapshot.device().orElse(DeviceView.NEW).fwmark();
        if (mark != 0) {
            foundRules(snapshot.rules(), mark, false, done);
            foundRules(snapshot.rules(), mark, true, done);
        }
        // One by one, as `up` makes them.
        for (FirewallTable table : snapshot.firewall()) {
            done.add(new Step.InstallFirewall(List.of(table)));
        }
        QuickPlanner.dnsSetup(tunnel, snapshot).ifPresent(dns -> done.add(new Step.SetDns(dns)));
        return done;
    }

    private static void foundOnLink(Tunnel tunnel, HostLink link, List<Step> done) {
        List<IpPrefix> wanted = new ArrayList<>();
        for (Located<IpPrefix> address : tunnel.section().addresses()) {
            wanted.add(address.value());
        }
        for (IpPrefix address : link.addresses()) {
            // A link-local address is the kernel's own unless the file has it.
            boolean kernels = Prefixes.isLinkLocal(address.address());
            if (!kernels || wanted.contains(address)) {
                done.add(new Step.AddAddress(tunnel.link(), address));
            }
        }
        done.add(new Step.SetMtuAndUp(tunnel.link(), link.mtu()));
    }

    /// The rule that leads to the table of the device's mark is this tunnel's, and so is the one that passes over the
    /// main table's default route right before it. Where they are not neighbours the latter is anybody's, and stays
    /// while another tunnel may need it.
    private static void foundRules(List<PolicyRule> rules, int mark, boolean v6, List<Step> done) {
        List<PolicyRule> suppressing = new ArrayList<>();
        boolean others = false;
        OptionalInt own = OptionalInt.empty();
        for (PolicyRule rule : rules) {
            if (rule.v6() != v6) {
                continue;
            }
            if (CommandWords.isMainWithoutDefault(rule)) {
                suppressing.add(rule);
            } else if (CommandWords.isUnmarked(rule) && rule.table() == mark) {
                done.add(new Step.AddRule(rule));
                own = rule.priority();
            } else {
                others |= CommandWords.isUnmarked(rule);
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
