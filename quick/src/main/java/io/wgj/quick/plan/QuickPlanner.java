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

/// Plans `up`, in two stages: a `PreUp` hook may change the host, so what follows it is planned from a snapshot taken
/// after it. Pure; `down` and `reload` are [DownPlanner]'s and [ReloadPlanner]'s.
public final class QuickPlanner {
    private QuickPlanner() {}

    /// Both stages as they will be if the hooks change nothing: what `plan up` shows. The routes that the kernel will
    /// make for addresses are presumed, and a note says so where a prefix is left out because of them.
    ///
    /// @param update what the device is going to get, names resolved
    public static Plan up(Tunnel tunnel, SystemSnapshot snapshot, DeviceUpdate update) throws PlanException {
        Plan first = create(tunnel, snapshot, Optional.of(update));
        Plan second = configure(tunnel, snapshot.withDevice(DeviceView.foreseen(update)));
        List<Step> steps = new ArrayList<>(first.steps());
        steps.addAll(second.steps());
        return new Plan(steps, second.notes());
    }

    /// The first stage: a link, the `PreUp` hooks, and the device's configuration.
    ///
    /// @param update what the device is going to get, where it is known already
    public static Plan create(Tunnel tunnel, HostView snapshot, Optional<DeviceUpdate> update)
            throws PlanException {
        InterfaceName link = tunnel.link();
        if (snapshot.link(link.text()).isPresent()) {
            throw new PlanException(1, "`" + link + "' already exists");
        }
        if (tunnel.section().table() instanceof RouteTable.Named table) {
            // Known to be wrong before anything is done.
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

    /// The second stage, from what the link and its device are now: addresses, MTU, name servers, routes,
    /// `PostUp`. `up` plans it in two halves ([SecondStage]).
    public static Plan configure(Tunnel tunnel, SystemSnapshot snapshot) throws PlanException {
        PlanBuilder builder = new PlanBuilder(tunnel, snapshot);
        configure(builder);
        hooks(tunnel, HookPhase.POST_UP, tunnel.section().postUp()).forEach(builder::add);
        builder.notePresumptions();
        return new Plan(builder.steps(), builder.notes());
    }

    /// The beginning of [#configure], up to where the link is switched on.
    static void link(PlanBuilder builder) throws PlanException {
        InterfaceName link = builder.tunnel().link();
        for (Located<IpPrefix> address : builder.tunnel().section().addresses()) {
            builder.add(new Step.AddAddress(link, address.value()));
        }
        SourceFilter.plan(builder);
        builder.add(new Step.SetMtuAndUp(link, MtuRule.mtu(builder)));
    }

    /// The second stage without hooks.
    static void configure(PlanBuilder builder) throws PlanException {
        link(builder);
        rest(builder);
    }

    /// What [#configure] does once the link is up.
    static void rest(PlanBuilder builder) throws PlanException {
        dns(builder);
        // Before the routes into the tunnel: what they hold back from it must never have been in it.
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
            // The shell's code for a command that is not there, as wg-quick ends without resolvconf.
            throw new PlanException(127, "DNS needs resolvconf or resolvectl, and neither is there");
        }
        builder.add(new Step.SetDns(dns.get()));
    }

    /// What the file says of name servers; empty when it names none, or when there is nobody to tell.
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
