// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/// Performs steps on this machine: links, addresses, routes and rules over route netlink, the rest through
/// its parts.
final class HostStepRunner implements StepRunner {
    private final RouteNetlink netlink;
    private final Firewall firewall;
    private final Sysctls sysctls;
    private final LinkAddresses addresses;
    private final TunnelDevice device;
    private final EngineStart engine;
    private final Programs programs;
    private final Hooks hooks;
    private final TunnelRequest request;
    private final KernelHints hints;
    /// The index of the link that [Step.DeleteLink] deletes.
    private OptionalInt target = OptionalInt.empty();

    HostStepRunner(
            RouteNetlink netlink,
            Firewall firewall,
            Sysctls sysctls,
            TunnelDevice device,
            EngineStart engine,
            Programs programs,
            Hooks hooks,
            TunnelRequest request) {
        this.netlink = netlink;
        this.firewall = firewall;
        this.sysctls = sysctls;
        this.addresses = new LinkAddresses(netlink, sysctls);
        this.device = device;
        this.engine = engine;
        this.programs = programs;
        this.hooks = hooks;
        this.request = request;
        this.hints = new KernelHints(netlink, sysctls, request.tunnel().link());
    }

    /// Makes [Step.DeleteLink] delete the link of this index, whatever its name is by then. A link that is
    /// made here is the target from then on.
    void deleteByIndex(int linkIndex) {
        target = OptionalInt.of(linkIndex);
    }

    @Override
    public void perform(Step step) throws StepException {
        try {
            run(step);
        } catch (NetlinkException e) {
            throw hints.explained(step, e);
        } catch (RunException e) {
            throw StepException.of(e);
        }
    }

    private void run(Step step) throws NetlinkException, StepException, RunException {
        switch (step) {
            case Step.CreateLink(InterfaceName link) -> createLink(link);
            case Step.StartEngine start -> target = OptionalInt.of(engine.start(start, netlink));
            case Step.DeleteLink(InterfaceName link) ->
                netlink.deleteLink(target.isPresent() ? target.getAsInt() : index(link));
            case Step.ApplyDevice _ -> device.configure();
            case Step.ReloadDevice(InterfaceName _, Optional<DeviceChange> change) -> device.change(known(change));
            case Step.RestoreDevice(InterfaceName _, Optional<DeviceChange> change) -> device.restore(known(change));
            case Step.SetFwmark set -> device.setFwmark(set.mark());
            case Step.AddAddress(InterfaceName link, IpPrefix address) -> addresses.add(index(link), address);
            case Step.DeleteAddress(InterfaceName link, IpPrefix address) ->
                addresses.delete(index(link), link, address);
            case Step.ReplaceAddress replace ->
                addresses.replace(index(replace.link()), replace.before(), replace.address());
            case Step.SetMtuAndUp(InterfaceName link, int mtu) -> {
                netlink.setUp(index(link), mtu);
                engine.awaitListening();
            }
            case Step.SetMtu set -> netlink.setMtu(index(set.link()), set.mtu());
            case Step.AddRule(PolicyRule rule) -> netlink.rules().add(rule);
            case Step.DeleteRule(PolicyRule rule) -> netlink.rules().delete(rule);
            case Step.AddRoute(Route route) -> {
                addresses.awaitSources(List.of(route));
                netlink.routes().add(route);
            }
            case Step.DeleteRoute(Route route) -> netlink.routes().delete(route);
            case Step.ReplaceRoute(Route route, Route before) -> replaceRoute(route, before);
            case Step.SetSysctl set -> sysctls.write(set.key(), set.value());
            case Step.InstallFirewall(List<FirewallTable> tables) -> firewall.install(tables);
            case Step.RemoveFirewall(List<FirewallTable> tables) -> firewall.remove(tables);
            case Step.ReplaceFirewall replace -> firewall.replace(replace.before(), replace.tables());
            case Step.SetDns(DnsSetup dns) -> register(dns);
            case Step.UnsetDns(DnsSetup dns) -> unregister(dns);
            case Step.ReplaceDns replace -> register(replace.dns());
            case Step.RunHook hook -> hooks.run(hook);
            case Step.SaveConfig(InterfaceName link) -> request.saver().save(link);
        }
    }

    private static DeviceChange known(Optional<DeviceChange> change) {
        return change.orElseThrow(() -> new IllegalStateException("a step of a journal says nothing of the device"));
    }

    @Override
    public void performRoutes(List<Step> steps) throws StepException {
        List<Route> routes = new ArrayList<>(steps.size());
        boolean delete = steps.getFirst() instanceof Step.DeleteRoute;
        for (Step step : steps) {
            if (step instanceof Step.AddRoute add) {
                routes.add(add.route());
            } else if (step instanceof Step.DeleteRoute back) {
                routes.add(back.route());
            } else {
                throw new IllegalArgumentException("not a route: " + step);
            }
        }
        SortedMap<Integer, NetlinkException> refused;
        try {
            if (delete) {
                refused = netlink.routes().deleteAll(routes);
            } else {
                addresses.awaitSources(routes);
                refused = netlink.routes().addAll(routes);
            }
        } catch (NetlinkException e) {
            throw Failures.ofRoute(e).among(steps.getFirst(), List.of());
        }
        int first = -1;
        List<Step> performed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            NetlinkException refusal = refused.get(i);
            if (refusal == null) {
                performed.add(steps.get(i));
            } else if (first < 0 && !(delete && Failures.ofRoute(refusal).isGone())) {
                first = i;
            }
        }
        if (first >= 0) {
            NetlinkException refusal = refused.get(first);
            if (refusal != null) {
                throw hints.explained(steps.get(first), refusal).among(steps.get(first), performed);
            }
        }
    }

    @Override
    public OptionalInt linkIndex(InterfaceName link) throws StepException {
        try {
            Optional<Link> found = netlink.link(link.text());
            return found.isPresent() ? OptionalInt.of(found.get().index()) : OptionalInt.empty();
        } catch (NetlinkException e) {
            throw Failures.ofRoute(e);
        }
    }

    @Override
    public OptionalInt madeIndex(InterfaceName link) throws StepException {
        return target.isPresent() ? target : linkIndex(link);
    }

    private int index(InterfaceName link) throws StepException {
        OptionalInt index = linkIndex(link);
        if (index.isEmpty()) {
            throw Failures.missingLink(link.text());
        }
        return index.getAsInt();
    }

    private void createLink(InterfaceName link) throws StepException {
        try {
            netlink.createLink(link.text(), "wireguard");
            target = linkIndex(link);
        } catch (NetlinkException e) {
            // wg-quick ends with 1 here, since its cleanup finds no link.
            throw new StepException(1, Failures.ofRoute(e).lines());
        }
    }

    /// A route to the same destination with another metric is another route: it is added before the old one
    /// is deleted.
    private void replaceRoute(Route route, Route before) throws NetlinkException {
        addresses.awaitSources(List.of(route));
        netlink.routes().replace(route);
        if (!route.metric().equals(before.metric()) || route.table() != before.table()) {
            try {
                netlink.routes().delete(before);
            } catch (NetlinkException e) {
                if (!e.errno().is(Errno.ESRCH)) {
                    netlink.routes().delete(route);
                    throw e;
                }
            }
        }
    }

    private void register(DnsSetup dns) throws StepException, RunException {
        if (dns.tool() == DnsSetup.Tool.RESOLVCONF) {
            StringBuilder text = new StringBuilder();
            for (String server : dns.servers()) {
                text.append("nameserver ").append(server).append('\n');
            }
            if (!dns.searchDomains().isEmpty()) {
                text.append("search ")
                        .append(String.join(" ", dns.searchDomains()))
                        .append('\n');
            }
            mustSucceed(List.of("resolvconf", "-a", dns.registeredName(), "-m", "0", "-x"), text.toString());
        } else {
            mustSucceed(words("resolvectl", "dns", dns.link(), dns.servers()), "");
            if (!dns.searchDomains().isEmpty()) {
                try {
                    mustSucceed(words("resolvectl", "domain", dns.link(), dns.searchDomains()), "");
                } catch (StepException e) {
                    unregister(dns);
                    throw e;
                }
            }
        }
    }

    private static List<String> words(String program, String verb, InterfaceName link, List<String> values) {
        List<String> words = new ArrayList<>(List.of(program, verb, link.text()));
        words.addAll(values);
        return words;
    }

    private void mustSucceed(List<String> words, String input) throws StepException, RunException {
        int code = programs.run(words, Map.of(), input);
        if (code != 0) {
            throw new StepException(code, List.of());
        }
    }

    /// Never fails, as in wg-quick: the resolver may be gone, or may never have had the name servers.
    private void unregister(DnsSetup dns) throws RunException {
        List<String> words = dns.tool() == DnsSetup.Tool.RESOLVCONF
                ? List.of("resolvconf", "-d", dns.registeredName(), "-f")
                : List.of("resolvectl", "revert", dns.link().text());
        try {
            programs.run(words, Map.of(), "");
        } catch (StepException _) {
            // The program is gone, and its registrations with it.
            return;
        }
    }
}
