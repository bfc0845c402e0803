// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.StepVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/// Performs steps on the real system: links, addresses, routes and rules by route netlink, the rest through its
/// parts.
final class HostStepRunner implements StepRunner, StepVisitor<HostStepRunner.Deed> {
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
    private OptionalInt aim = OptionalInt.empty();

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

    /// From here on [Step.DeleteLink] deletes the link of that number, whatever its name is by then. A link
    /// that is made here becomes the aim.
    void aimAt(int linkIndex) {
        aim = OptionalInt.of(linkIndex);
    }

    /// What a step comes down to: a visitor cannot throw what its methods do not declare.
    @FunctionalInterface
    interface Deed {
        void run() throws NetlinkException, StepException, RunException;
    }

    @Override
    public void perform(Step step) throws StepException {
        try {
            step.accept(this).run();
        } catch (NetlinkException e) {
            throw hints.explained(step, e);
        } catch (RunException e) {
            throw StepException.of(e);
        }
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
            refused = delete
                    ? netlink.routes().deleteAll(routes)
                    : netlink.routes().addAll(routes);
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

    private int index(InterfaceName link) throws StepException {
        OptionalInt index = linkIndex(link);
        if (index.isEmpty()) {
            throw Failures.missingLink(link.text());
        }
        return index.getAsInt();
    }

    @Override
    public Deed createLink(Step.CreateLink step) {
        return () -> {
            try {
                netlink.createLink(step.link().text(), "wireguard");
                aim = linkIndex(step.link());
            } catch (NetlinkException e) {
                // wg-quick ends with 1 here, since its cleanup finds no link.
                throw new StepException(1, Failures.ofRoute(e).lines());
            }
        };
    }

    @Override
    public Deed startEngine(Step.StartEngine step) {
        return () -> {
            engine.start(step, netlink);
            aim = linkIndex(step.link());
        };
    }

    @Override
    public Deed deleteLink(Step.DeleteLink step) {
        return () -> netlink.deleteLink(aim.isPresent() ? aim.getAsInt() : index(step.link()));
    }

    @Override
    public Deed applyDevice(Step.ApplyDevice step) {
        return device::configure;
    }

    @Override
    public Deed reloadDevice(Step.ReloadDevice step) {
        return device::change;
    }

    @Override
    public Deed restoreDevice(Step.RestoreDevice step) {
        return device::changeBack;
    }

    @Override
    public Deed setFwmark(Step.SetFwmark step) {
        return () -> device.setFwmark(step.mark());
    }

    @Override
    public Deed addAddress(Step.AddAddress step) {
        return () -> addresses.add(index(step.link()), step.address());
    }

    @Override
    public Deed deleteAddress(Step.DeleteAddress step) {
        return () -> addresses.delete(index(step.link()), step.link(), step.address());
    }

    @Override
    public Deed replaceAddress(Step.ReplaceAddress step) {
        return () -> addresses.replace(index(step.link()), step.before(), step.address());
    }

    @Override
    public Deed setMtuAndUp(Step.SetMtuAndUp step) {
        return () -> {
            netlink.setUp(index(step.link()), step.mtu());
            engine.awaitListening();
        };
    }

    @Override
    public Deed setMtu(Step.SetMtu step) {
        return () -> netlink.setMtu(index(step.link()), step.mtu());
    }

    @Override
    public Deed addRule(Step.AddRule step) {
        return () -> netlink.rules().add(step.rule());
    }

    @Override
    public Deed deleteRule(Step.DeleteRule step) {
        return () -> netlink.rules().delete(step.rule());
    }

    @Override
    public Deed addRoute(Step.AddRoute step) {
        return () -> netlink.routes().add(step.route());
    }

    @Override
    public Deed deleteRoute(Step.DeleteRoute step) {
        return () -> netlink.routes().delete(step.route());
    }

    /// A route to the same destination with another metric is another route: it is added before the old one goes.
    @Override
    public Deed replaceRoute(Step.ReplaceRoute step) {
        return () -> {
            netlink.routes().replace(step.route());
            boolean samePlace = step.route().metric().equals(step.before().metric())
                    && step.route().table() == step.before().table();
            if (!samePlace) {
                try {
                    netlink.routes().delete(step.before());
                } catch (NetlinkException e) {
                    if (!e.errno().is(Errno.ESRCH)) {
                        netlink.routes().delete(step.route());
                        throw e;
                    }
                }
            }
        };
    }

    @Override
    public Deed setSysctl(Step.SetSysctl step) {
        return () -> sysctls.write(step.key(), step.value());
    }

    @Override
    public Deed installFirewall(Step.InstallFirewall step) {
        return () -> firewall(() -> firewall.install(step.tables()));
    }

    @Override
    public Deed removeFirewall(Step.RemoveFirewall step) {
        return () -> firewall(() -> firewall.remove(step.tables()));
    }

    @Override
    public Deed replaceFirewall(Step.ReplaceFirewall step) {
        return () -> firewall(() -> firewall.replace(step.before(), step.tables()));
    }

    private static void firewall(Deed deed) throws StepException, RunException {
        try {
            deed.run();
        } catch (NetlinkException e) {
            throw Failures.of("nftables: " + e.detail().orElse(e.operation()), e.errno());
        }
    }

    @Override
    public Deed setDns(Step.SetDns step) {
        return () -> register(step.dns());
    }

    @Override
    public Deed replaceDns(Step.ReplaceDns step) {
        return () -> register(step.dns());
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

    /// Never fails, as for wg-quick: the resolver may be gone, or may never have been told.
    @Override
    public Deed unsetDns(Step.UnsetDns step) {
        return () -> unregister(step.dns());
    }

    private void unregister(DnsSetup dns) throws RunException {
        List<String> words = dns.tool() == DnsSetup.Tool.RESOLVCONF
                ? List.of("resolvconf", "-d", dns.registeredName(), "-f")
                : List.of("resolvectl", "revert", dns.link().text());
        try {
            programs.run(words, Map.of(), "");
        } catch (StepException _) {
            // There is no such program any more, so nobody listens to what it said.
            return;
        }
    }

    @Override
    public Deed runHook(Step.RunHook step) {
        return () -> hooks.run(step);
    }

    @Override
    public Deed saveConfig(Step.SaveConfig step) {
        return () -> request.saver().save(step.link());
    }
}
