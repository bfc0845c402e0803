// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.HostView;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans `up` in two stages. A `PreUp` hook may change the host, so what follows the hooks is planned from a
/// snapshot taken after them. [DownPlanner] and [ReloadPlanner] plan the other commands.
public final class QuickPlanner {
    private QuickPlanner() {}

    /// Plans both stages, as they will be if the hooks change nothing. `plan up` shows this. The routes that
    /// the kernel adds for addresses are assumed; a note names prefixes that are left out because of them.
    ///
    /// @param update what the device will be sent, names resolved
    public static Plan up(Tunnel tunnel, SystemSnapshot snapshot, DeviceUpdate update) throws PlanException {
        Plan first = create(tunnel, snapshot, Optional.of(update));
        Plan second = configure(tunnel, snapshot.withDevice(DeviceView.foreseen(update)));
        List<Step> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        return new Plan(steps, second.notes());
    }

    /// Plans the first stage: the link, the `PreUp` hooks, and the device's configuration.
    ///
    /// @param update what the device will be sent, if it is known already
    public static Plan create(Tunnel tunnel, HostView snapshot, Optional<DeviceUpdate> update) throws PlanException {
        InterfaceName link = tunnel.link();
        if (snapshot.link(link.text()).isPresent()) {
            throw new PlanException(1, "`" + link + "' already exists");
        }
        if (tunnel.section().table() instanceof RouteTable.Named table) {
            // Refuses an unknown table before anything is done.
            PeerRoutes.table(snapshot, table);
        }
        Preconditions.check(tunnel, snapshot);
        PlanBuilder builder = new PlanBuilder(tunnel, snapshot);
        if (snapshot.support().kernelWireGuard()) {
            builder.add(new Step.CreateLink(link));
        } else if (snapshot.support().userspace().isPresent()) {
            builder.add(
                    new Step.StartEngine(link, snapshot.support().userspace().get()));
        } else {
            throw new PlanException(
                    1, "this kernel has no WireGuard, and there is no userspace implementation to fall back to");
        }
        hooks(tunnel, HookPhase.PRE_UP, tunnel.section().preUp()).forEach(builder::add);
        builder.add(new Step.ApplyDevice(link, update));
        return new Plan(builder.steps(), builder.notes());
    }

    /// Plans the second stage from the link and its device as they are now: addresses, MTU, name servers,
    /// routes, and `PostUp` hooks. A run plans it in two halves ([SecondStage]).
    public static Plan configure(Tunnel tunnel, SystemSnapshot snapshot) throws PlanException {
        PlanBuilder builder = new PlanBuilder(tunnel, snapshot);
        configure(builder);
        hooks(tunnel, HookPhase.POST_UP, tunnel.section().postUp()).forEach(builder::add);
        builder.notePresumptions();
        return new Plan(builder.steps(), builder.notes());
    }

    /// Plans the first half of [#configure], until the link is up.
    static void link(PlanBuilder builder) throws PlanException {
        InterfaceName link = builder.tunnel().link();
        for (Located<IpPrefix> address : builder.tunnel().section().addresses()) {
            builder.add(new Step.AddAddress(link, address.value()));
        }
        SourceFilter.plan(builder);
        builder.add(new Step.SetMtuAndUp(link, MtuRule.mtu(builder)));
    }

    /// Plans the second stage without hooks.
    static void configure(PlanBuilder builder) throws PlanException {
        link(builder);
        rest(builder);
    }

    /// Plans the second half of [#configure], once the link is up.
    static void rest(PlanBuilder builder) throws PlanException {
        dns(builder);
        // Before the routes into the tunnel: packets that these routes keep out of the tunnel must never
        // enter it.
        FileRoutes.plan(builder);
        UnderlayRoutes.plan(builder);
        PeerRoutes.plan(builder);
    }

    static void dns(PlanBuilder builder) throws PlanException {
        if (builder.tunnel().section().nameServers().isEmpty()) {
            return;
        }
        Optional<DnsSetup> dns = dnsSetup(builder.tunnel(), builder.snapshot().support());
        if (dns.isEmpty()) {
            // The shell's code for a missing command: wg-quick's exit code without resolvconf.
            throw new PlanException(127, "DNS needs resolvconf or resolvectl, and neither is there");
        }
        builder.add(new Step.SetDns(dns.get()));
    }

    /// The file's name servers; empty when it names none, or when the host has no program to register them.
    static Optional<DnsSetup> dnsSetup(Tunnel tunnel, HostSupport support) {
        InterfaceSection section = tunnel.section();
        if (section.nameServers().isEmpty()) {
            return Optional.empty();
        }
        String registered = support.dnsPrefix() + tunnel.link();
        return support.dnsTool()
                .map(tool ->
                        new DnsSetup(tunnel.link(), tool, registered, section.nameServers(), section.searchDomains()));
    }

    static List<Step> hooks(Tunnel tunnel, HookPhase phase, List<Located<String>> commands) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            steps.add(new Step.RunHook(phase, i, tunnel.expand(commands.get(i).value())));
        }
        return steps;
    }
}
