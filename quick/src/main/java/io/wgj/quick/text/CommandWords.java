// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.config.file.Located;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DefaultRouteRules;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.StepVisitor;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The commands that do what a step does: those that wg-quick runs, for steps that it has too.
final class CommandWords implements StepVisitor<List<String>> {
    /// Where bash puts a text that a command is to read.
    private static final String TEXT = "/dev/fd/63";

    private final Tunnel tunnel;
    private final TableNames tables;
    private final boolean exact;

    /// @param exact whether to say what wg-quick leaves to the kernel: priorities, and that we are the maker
    CommandWords(Tunnel tunnel, TableNames tables, boolean exact) {
        this.tunnel = tunnel;
        this.tables = tables;
        this.exact = exact;
    }

    @Override
    public List<String> createLink(Step.CreateLink step) {
        return List.of("ip link add dev " + step.link() + " type wireguard");
    }

    @Override
    public List<String> startEngine(Step.StartEngine step) {
        return List.of(step.program() + " " + step.link());
    }

    @Override
    public List<String> deleteLink(Step.DeleteLink step) {
        return List.of("ip link delete dev " + step.link());
    }

    @Override
    public List<String> applyDevice(Step.ApplyDevice step) {
        return List.of("wg addconf " + step.link() + " " + TEXT);
    }

    @Override
    public List<String> reloadDevice(Step.ReloadDevice step) {
        return List.of("wg syncconf " + step.link() + " " + TEXT);
    }

    @Override
    public List<String> restoreDevice(Step.RestoreDevice step) {
        return List.of("wg syncconf " + step.link() + " " + TEXT);
    }

    @Override
    public List<String> setFwmark(Step.SetFwmark step) {
        return List.of("wg set " + step.link() + " fwmark " + Integer.toUnsignedString(step.mark()));
    }

    @Override
    public List<String> addAddress(Step.AddAddress step) {
        return List.of(address("add", step.link(), step.address(), written(step.address())));
    }

    @Override
    public List<String> deleteAddress(Step.DeleteAddress step) {
        return List.of(
                address("delete", step.link(), step.address(), step.address().text()));
    }

    @Override
    public List<String> replaceAddress(Step.ReplaceAddress step) {
        return List.of(
                address("delete", step.link(), step.before(), step.before().text()),
                address("add", step.link(), step.address(), written(step.address())));
    }

    private static String address(String verb, InterfaceName link, IpPrefix address, String text) {
        return ip(address.address().family()) + "address " + verb + " " + text + " dev " + link;
    }

    /// An address as the file has it: wg-quick hands it on as it is.
    private String written(IpPrefix address) {
        if (!exact) {
            for (Located<IpPrefix> written : tunnel.section().addresses()) {
                if (written.value().equals(address)) {
                    return written.text();
                }
            }
        }
        return address.text();
    }

    @Override
    public List<String> setMtuAndUp(Step.SetMtuAndUp step) {
        Optional<Located<Integer>> given = tunnel.section().mtu();
        boolean written = !exact && given.isPresent() && given.get().value() == step.mtu();
        String mtu = written ? given.get().text() : Integer.toString(step.mtu());
        return List.of("ip link set mtu " + mtu + " up dev " + step.link());
    }

    @Override
    public List<String> setMtu(Step.SetMtu step) {
        return List.of("ip link set mtu " + step.mtu() + " dev " + step.link());
    }

    @Override
    public List<String> addRule(Step.AddRule step) {
        PolicyRule rule = step.rule();
        if (!exact && DefaultRouteRules.isUnmarked(rule)) {
            String table = Integer.toUnsignedString(rule.table());
            return List.of(ip(rule.family()) + "rule add not fwmark " + table + " table " + table);
        }
        if (!exact && DefaultRouteRules.isMainWithoutDefault(rule)) {
            return List.of(ip(rule.family()) + "rule add table main suppress_prefixlength 0");
        }
        return List.of(ip(rule.family()) + "rule add " + words(rule));
    }

    @Override
    public List<String> deleteRule(Step.DeleteRule step) {
        PolicyRule rule = step.rule();
        if (!exact && DefaultRouteRules.isUnmarked(rule)) {
            return List.of(ip(rule.family()) + "rule delete table " + Integer.toUnsignedString(rule.table()));
        }
        if (!exact && DefaultRouteRules.isMainWithoutDefault(rule)) {
            return List.of(ip(rule.family()) + "rule delete table main suppress_prefixlength 0");
        }
        return List.of(ip(rule.family()) + "rule delete " + words(rule));
    }

    private String words(PolicyRule rule) {
        boolean hideMaker = !exact && rule.protocol() == Route.PROTOCOL_WGJ;
        return IpRuleSyntax.format(hideMaker ? rule.withProtocol(Route.PROTOCOL_UNSPECIFIED) : rule, tables);
    }

    @Override
    public List<String> addRoute(Step.AddRoute step) {
        return List.of(route("add", step.route()));
    }

    @Override
    public List<String> deleteRoute(Step.DeleteRoute step) {
        return List.of(route("delete", step.route()));
    }

    @Override
    public List<String> replaceRoute(Step.ReplaceRoute step) {
        return List.of(route("replace", step.route()));
    }

    private String route(String verb, Route route) {
        String command = ip(route.family()) + "route " + verb + " ";
        if (exact) {
            return command + IpRouteSyntax.format(route, tables);
        }
        IpPrefix destination = route.destination();
        String link = tunnel.link().text();
        if (route.equals(Route.onLink(destination, link, route.table(), Route.PROTOCOL_WGJ))) {
            boolean named = !(tunnel.section().table() instanceof RouteTable.Auto);
            boolean said = named || route.table() != TableNames.MAIN;
            return command + destination.text() + " dev " + link + (said ? " table " + table(route.table()) : "");
        }
        boolean hideMaker = route.protocol() == Route.PROTOCOL_WGJ;
        return command + IpRouteSyntax.format(hideMaker ? route.withProtocol(Route.PROTOCOL_BOOT) : route, tables);
    }

    /// As the file has it, name or number, as wg-quick hands it on.
    private String table(int number) {
        RouteTable table = tunnel.section().table();
        if (table instanceof RouteTable.Named named
                && tables.number(named.name()).equals(OptionalInt.of(number))) {
            return named.name();
        }
        if (table instanceof RouteTable.Numbered numbered && numbered.number() == number) {
            return numbered.text();
        }
        return number == TableNames.MAIN ? tables.text(number) : Integer.toUnsignedString(number);
    }

    @Override
    public List<String> setSysctl(Step.SetSysctl step) {
        return List.of("sysctl -q " + step.key() + "=" + step.value());
    }

    @Override
    public List<String> installFirewall(Step.InstallFirewall step) {
        return List.of("nft -f " + TEXT);
    }

    @Override
    public List<String> removeFirewall(Step.RemoveFirewall step) {
        if (!exact) {
            return List.of("nft -f " + TEXT);
        }
        List<String> lines = new ArrayList<>();
        for (FirewallTable table : step.tables()) {
            lines.add("nft delete table " + table.family() + " " + table.name());
        }
        return lines;
    }

    @Override
    public List<String> replaceFirewall(Step.ReplaceFirewall step) {
        return List.of("nft -f " + TEXT);
    }

    @Override
    public List<String> setDns(Step.SetDns step) {
        return register(step.dns());
    }

    @Override
    public List<String> replaceDns(Step.ReplaceDns step) {
        return register(step.dns());
    }

    private static List<String> register(DnsSetup dns) {
        return switch (dns.tool()) {
            case RESOLVCONF -> List.of("resolvconf -a " + dns.registeredName() + " -m 0 -x");
            case RESOLVECTL -> {
                String servers = "resolvectl dns " + dns.link() + " " + String.join(" ", dns.servers());
                yield dns.searchDomains().isEmpty()
                        ? List.of(servers)
                        : List.of(
                                servers,
                                "resolvectl domain " + dns.link() + " " + String.join(" ", dns.searchDomains()));
            }
        };
    }

    @Override
    public List<String> unsetDns(Step.UnsetDns step) {
        DnsSetup dns = step.dns();
        return switch (dns.tool()) {
            case RESOLVCONF -> List.of("resolvconf -d " + dns.registeredName() + " -f");
            case RESOLVECTL -> List.of("resolvectl revert " + dns.link());
        };
    }

    @Override
    public List<String> runHook(Step.RunHook step) {
        return List.of(step.command());
    }

    @Override
    public List<String> saveConfig(Step.SaveConfig step) {
        return List.of("wg showconf " + step.link());
    }

    private static String ip(IpFamily family) {
        return "ip -" + family.version() + " ";
    }
}
