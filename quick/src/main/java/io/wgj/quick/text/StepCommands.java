// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.config.device.DeviceUpdate;
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
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The commands that do what a step does: wg-quick's own commands, for steps that wg-quick has too.
final class StepCommands {
    /// The file name that bash gives a command for text that it is to read.
    private static final String TEXT = "/dev/fd/63";

    private static final String MAIN_WITHOUT_DEFAULT = "table main suppress_prefixlength 0";

    private final Tunnel tunnel;
    private final TableNames tables;
    private final boolean exact;

    /// @param exact whether the commands name what wg-quick leaves to the kernel: priorities, and our
    ///     protocol number
    StepCommands(Tunnel tunnel, TableNames tables, boolean exact) {
        this.tunnel = tunnel;
        this.tables = tables;
        this.exact = exact;
    }

    /// The commands of one step, in their order. They hold no secrets.
    List<String> of(Step step) {
        return switch (step) {
            case Step.CreateLink(InterfaceName link) -> List.of("ip link add dev " + link + " type wireguard");
            case Step.StartEngine(InterfaceName link, String program) -> List.of(program + " " + link);
            case Step.DeleteLink(InterfaceName link) -> List.of("ip link delete dev " + link);
            case Step.ApplyDevice(InterfaceName link, Optional<DeviceUpdate> update) -> device(link, update, "addconf");
            case Step.ReloadDevice(InterfaceName link, Optional<DeviceChange> change) ->
                device(link, change.map(DeviceChange::update), "syncconf");
            case Step.RestoreDevice(InterfaceName link, Optional<DeviceChange> _) ->
                device(link, Optional.empty(), "syncconf");
            case Step.SetFwmark set ->
                List.of("wg set " + set.link() + " fwmark " + Integer.toUnsignedString(set.mark()));
            case Step.AddAddress(InterfaceName link, IpPrefix address) ->
                List.of(address("add", link, address, written(address)));
            case Step.DeleteAddress(InterfaceName link, IpPrefix address) ->
                List.of(address("delete", link, address, address.text()));
            case Step.ReplaceAddress(InterfaceName link, IpPrefix address, IpPrefix before) ->
                List.of(
                        address("delete", link, before, before.text()),
                        address("add", link, address, written(address)));
            case Step.SetMtuAndUp(InterfaceName link, int mtu) ->
                List.of("ip link set mtu " + written(mtu) + " up dev " + link);
            case Step.SetMtu set -> List.of("ip link set mtu " + set.mtu() + " dev " + set.link());
            case Step.AddRule(PolicyRule rule) -> List.of(ip(rule.family()) + "rule add " + added(rule));
            case Step.DeleteRule(PolicyRule rule) -> List.of(ip(rule.family()) + "rule delete " + deleted(rule));
            case Step.AddRoute(Route route) -> List.of(route("add", route));
            case Step.DeleteRoute(Route route) -> List.of(route("delete", route));
            case Step.ReplaceRoute replace -> List.of(route("replace", replace.route()));
            case Step.SetSysctl set -> List.of("sysctl -q " + set.key() + "=" + set.value());
            case Step.InstallFirewall(List<FirewallTable> tables) -> install(tables);
            case Step.RemoveFirewall(List<FirewallTable> tables) -> remove(tables);
            case Step.ReplaceFirewall replace -> install(replace.tables());
            case Step.SetDns(DnsSetup dns) -> register(dns);
            case Step.UnsetDns(DnsSetup dns) -> unregister(dns);
            case Step.ReplaceDns replace -> register(replace.dns());
            case Step.RunHook hook -> List.of(hook.command());
            case Step.SaveConfig(InterfaceName link) -> List.of("wg showconf " + link);
        };
    }

    private List<String> device(InterfaceName link, Optional<DeviceUpdate> update, String verb) {
        return exact && update.isPresent()
                ? WgSetWords.lines(link.text(), update.get())
                : List.of("wg " + verb + " " + link + " " + TEXT);
    }

    private static String address(String verb, InterfaceName link, IpPrefix address, String text) {
        return ip(address.address().family()) + "address " + verb + " " + text + " dev " + link;
    }

    /// An address as the file has it, which wg-quick passes on unchanged.
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

    /// The MTU as the file has it.
    private String written(int mtu) {
        Optional<Located<Integer>> given = tunnel.section().mtu();
        boolean written = !exact && given.isPresent() && given.get().value() == mtu;
        return written ? given.get().text() : Integer.toString(mtu);
    }

    private String added(PolicyRule rule) {
        if (!exact && DefaultRouteRules.isUnmarked(rule)) {
            String table = Integer.toUnsignedString(rule.table());
            return "not fwmark " + table + " table " + table;
        }
        return !exact && DefaultRouteRules.isMainWithoutDefault(rule) ? MAIN_WITHOUT_DEFAULT : words(rule);
    }

    private String deleted(PolicyRule rule) {
        if (!exact && DefaultRouteRules.isUnmarked(rule)) {
            return "table " + Integer.toUnsignedString(rule.table());
        }
        return !exact && DefaultRouteRules.isMainWithoutDefault(rule) ? MAIN_WITHOUT_DEFAULT : words(rule);
    }

    private String words(PolicyRule rule) {
        boolean hideMaker = !exact && rule.protocol() == Route.PROTOCOL_WGJ;
        return IpRuleSyntax.format(hideMaker ? rule.withProtocol(Route.PROTOCOL_UNSPECIFIED) : rule, tables);
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

    /// The table as the file has it, name or number, which wg-quick passes on unchanged.
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

    private List<String> install(List<FirewallTable> installed) {
        List<String> lines = new ArrayList<>();
        lines.add("nft -f " + TEXT);
        if (exact) {
            for (FirewallTable table : installed) {
                for (String line : FirewallText.lines(table)) {
                    lines.add("  " + line);
                }
            }
        }
        return lines;
    }

    private List<String> remove(List<FirewallTable> removed) {
        if (!exact) {
            return List.of("nft -f " + TEXT);
        }
        List<String> lines = new ArrayList<>();
        for (FirewallTable table : removed) {
            lines.add("nft delete table " + table.table());
        }
        return lines;
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

    private static List<String> unregister(DnsSetup dns) {
        return switch (dns.tool()) {
            case RESOLVCONF -> List.of("resolvconf -d " + dns.registeredName() + " -f");
            case RESOLVECTL -> List.of("resolvectl revert " + dns.link());
        };
    }

    private static String ip(IpFamily family) {
        return "ip -" + family.version() + " ";
    }
}
