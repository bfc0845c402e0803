// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.RouteLookup;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/// A host in memory on which steps can be performed. It starts with loopback, `eth0` of MTU 1400 with a
/// default route, the kernel's own rules, a WireGuard module and resolvconf.
final class Host {
    final List<HostLink> links = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final List<PolicyRule> rules = new ArrayList<>();
    final Map<IpAddress, RouteLookup> lookups = new HashMap<>();
    final List<FirewallTable> firewall = new ArrayList<>();
    final Set<Integer> otherMarks = new HashSet<>();
    Optional<DeviceView> device = Optional.empty();
    SrcValidMark srcValidMark = new SrcValidMark("0", false);
    HostSupport support = new HostSupport(true, Optional.empty(), true, Optional.of(DnsSetup.Tool.RESOLVCONF), "");

    Host() {
        link("lo", 65536, false, "127.0.0.1/8", "::1/128");
        link("eth0", 1400, true, "198.51.100.7/24", "2001:db8::7/64");
        route("default via 198.51.100.1 dev eth0");
        for (String family : new String[] {"-4", "-6"}) {
            rule(family + " priority 0 table local protocol kernel");
            rule(family + " priority 32766 table main protocol kernel");
        }
        rule("-4 priority 32767 table default protocol kernel");
        way("192.0.2.1", "eth0");
    }

    Host link(String name, int mtu, boolean broadcast, String... addresses) {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : addresses) {
            prefixes.add(prefix(text));
        }
        links.removeIf(link -> link.name().equals(name));
        links.add(new HostLink(name, mtu, broadcast, prefixes));
        return this;
    }

    Host route(String words) {
        try {
            routes.add(IpRouteSyntax.parse(List.of(words.split(" ")), TableNames.STANDARD));
        } catch (WordException e) {
            throw new AssertionError(words, e);
        }
        return this;
    }

    Host rule(String words) {
        try {
            rules.add(IpRuleSyntax.parse(List.of(words.split(" ")), TableNames.STANDARD));
        } catch (WordException e) {
            throw new AssertionError(words, e);
        }
        return this;
    }

    Host noRoutes() {
        routes.clear();
        return this;
    }

    Host way(String address, String device) {
        return way(address, new RouteLookup(Optional.of(device), OptionalInt.empty(), ""));
    }

    Host way(String address, RouteLookup way) {
        lookups.put(IpAddress.parse(address).orElseThrow(), way);
        return this;
    }

    Host support(HostSupport value) {
        support = value;
        return this;
    }

    static IpPrefix prefix(String text) {
        int slash = text.indexOf('/');
        return new IpPrefix(
                IpAddress.parse(text.substring(0, slash)).orElseThrow(), Integer.parseInt(text.substring(slash + 1)));
    }

    SystemSnapshot snapshot() {
        List<FirewallTable.Found> found = new ArrayList<>();
        for (FirewallTable table : firewall) {
            found.add(new FirewallTable.Found(table.table()));
        }
        return new SystemSnapshot(
                links, routes, rules, lookups, device, otherMarks, srcValidMark, TableNames.STANDARD, found, support);
    }

    /// Does what the kernel would do. Steps that the host does not show do nothing.
    void take(Step step, DeviceUpdate update) {
        switch (step) {
            case Step.MakesLink make -> {
                links.add(new HostLink(make.link().text(), 1420, false, List.of()));
                device = Optional.of(DeviceView.NEW);
            }
            case Step.DeleteLink(InterfaceName link) -> {
                links.removeIf(there -> there.name().equals(link.text()));
                routes.removeIf(route -> route.device().equals(Optional.of(link.text())));
                device = Optional.empty();
            }
            case Step.ApplyDevice _ -> device = Optional.of(DeviceView.foreseen(update));
            case Step.SetFwmark set -> {
                DeviceView now = device.orElseThrow();
                device = Optional.of(new DeviceView(set.mark(), now.listenPort(), now.allowedIps(), now.endpoints()));
            }
            case Step.AddAddress(InterfaceName link, IpPrefix address) ->
                addresses(link, addresses -> addresses.add(address));
            case Step.DeleteAddress(InterfaceName link, IpPrefix address) ->
                addresses(link, addresses -> addresses.remove(address));
            case Step.ReplaceAddress(InterfaceName link, IpPrefix address, IpPrefix before) ->
                addresses(link, addresses -> addresses.set(addresses.indexOf(before), address));
            case Step.SetMtuAndUp(InterfaceName link, int mtu) -> mtu(link, mtu);
            case Step.SetMtu set -> mtu(set.link(), set.mtu());
            case Step.AddRoute(Route route) -> routes.add(route);
            case Step.DeleteRoute(Route route) -> routes.remove(route);
            case Step.ReplaceRoute(Route route, Route before) -> {
                routes.remove(before);
                routes.add(route);
            }
            case Step.AddRule(PolicyRule rule) -> rules.add(rule);
            case Step.DeleteRule(PolicyRule rule) -> rules.remove(rule);
            case Step.SetSysctl set -> srcValidMark = new SrcValidMark(set.value(), srcValidMark.othersNeedIt());
            case Step.InstallFirewall(List<FirewallTable> tables) -> firewall.addAll(tables);
            case Step.ReplaceFirewall(List<FirewallTable> tables, List<FirewallTable> before) -> {
                firewall.removeAll(before);
                firewall.addAll(tables);
            }
            case Step.RemoveFirewall(List<FirewallTable> tables) -> {
                for (FirewallTable table : tables) {
                    firewall.removeIf(there -> there.table().equals(table.table()));
                }
            }
            case Step.ReloadDevice _, Step.RestoreDevice _ -> {}
            case Step.SetDns _, Step.UnsetDns _, Step.ReplaceDns _ -> {}
            case Step.RunHook _, Step.SaveConfig _ -> {}
        }
    }

    private void addresses(InterfaceName name, Consumer<List<IpPrefix>> change) {
        HostLink link = take(name.text());
        List<IpPrefix> addresses = new ArrayList<>(link.addresses());
        change.accept(addresses);
        links.add(new HostLink(link.name(), link.mtu(), false, addresses));
    }

    private void mtu(InterfaceName name, int mtu) {
        HostLink link = take(name.text());
        links.add(new HostLink(link.name(), mtu, false, link.addresses()));
    }

    private HostLink take(String name) {
        HostLink link = snapshot().link(name).orElseThrow();
        links.remove(link);
        return link;
    }
}
