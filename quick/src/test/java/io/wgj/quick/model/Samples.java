// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.nftables.TableFamily;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Samples of every kind of value.
public final class Samples {
    public static final InterfaceName WG0 = new InterfaceName("wg0");
    public static final Step.SetSysctl SYSCTL = new Step.SetSysctl("net.ipv4.conf.all.src_valid_mark", "1", "0");
    public static final FirewallTable CHAINS =
            new FirewallTable.MarkChains(IpFamily.V4, WG0, 0xca6c, List.of(address("10.9.0.1"), address("10.9.0.2")));
    public static final FirewallTable CHAINS6 = new FirewallTable.MarkChains(IpFamily.V6, WG0, -1, List.of());
    public static final FirewallTable EXTRAS = new FirewallTable.Extras(
            WG0,
            OptionalInt.of(51820),
            List.of(List.of(prefix("192.0.2.0/24"), prefix("2001:db8::/32")), List.of(prefix("0.0.0.0/0"))),
            7,
            List.of(address("198.51.100.7")));
    public static final DnsSetup DNS = new DnsSetup(
            WG0, DnsSetup.Tool.RESOLVCONF, "tun.wg0", List.of("1.1.1.1", "2606:4700::1111"), List.of("ex%mple"));

    private Samples() {}

    public static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    public static IpPrefix prefix(String text) {
        int slash = text.indexOf('/');
        return new IpPrefix(address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public static Route route(String words) {
        try {
            return IpRouteSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
        } catch (WordException e) {
            throw new AssertionError(words, e);
        }
    }

    public static PolicyRule rule(String words) {
        try {
            return IpRuleSyntax.parse(List.of(words.split(" ", -1)), TableNames.STANDARD);
        } catch (WordException e) {
            throw new AssertionError(words, e);
        }
    }

    public static Tunnel tunnel(String file) {
        return new Tunnel(
                WG0, QuickConfigParser.parse(QuickFile.of("wg0.conf", file)).readable());
    }

    /// An `up` with every kind of step that `up` has.
    public static List<Step> up() {
        return List.of(
                new Step.CreateLink(WG0),
                new Step.RunHook(HookPhase.PRE_UP, 0, "one"),
                new Step.ApplyDevice(WG0, Optional.empty()),
                new Step.AddAddress(WG0, prefix("10.9.0.1/24")),
                new Step.AddAddress(WG0, prefix("fd09::1/64")),
                new Step.InstallFirewall(List.of(EXTRAS)),
                new Step.SetMtuAndUp(WG0, 1420),
                new Step.SetDns(DNS),
                new Step.AddRoute(route("default dev ppp0 table 11 proto 87")),
                new Step.AddRule(rule("fwmark 0x5151 iif lo priority 4999 table 11 protocol 87")),
                new Step.AddRoute(route("10.1.0.0/16 dev wg0 proto 87")),
                new Step.AddRoute(route("10.2.0.0/16 dev wg0 proto 87")),
                new Step.AddRoute(route("blackhole 10.3.0.0/16 proto 87")),
                new Step.AddRoute(route("-6 fd10::/32 dev wg0 proto 87")),
                new Step.SetFwmark(WG0, 51820, 0),
                new Step.AddRule(rule("-6 not fwmark 51820 priority 32765 table 51820 protocol 87")),
                new Step.AddRule(rule("-6 table main suppress_prefixlength 0 priority 32764 protocol 87")),
                new Step.AddRoute(route("-6 default dev wg0 table 51820 proto 87")),
                new Step.InstallFirewall(List.of(CHAINS6)),
                new Step.AddRule(rule("not fwmark 51820 priority 32765 table 51820 protocol 87")),
                new Step.AddRule(rule("table main suppress_prefixlength 0 priority 32764 protocol 87")),
                new Step.AddRoute(route("default dev wg0 table 51820 proto 87")),
                SYSCTL,
                new Step.InstallFirewall(List.of(CHAINS)),
                new Step.RunHook(HookPhase.POST_UP, 0, "two"));
    }

    /// Steps of every kind, with unusual contents.
    public static List<Step> everyStep() {
        List<Step> steps = new ArrayList<>(up());
        for (Step step : List.copyOf(steps)) {
            step.inverse().ifPresent(steps::add);
        }
        DnsSetup other = new DnsSetup(WG0, DnsSetup.Tool.RESOLVECTL, "wg0", List.of("::1"), List.of("a b\tc\n", ""));
        steps.addAll(List.of(
                new Step.StartEngine(WG0, "/opt/my go%/wireguard\ngo\u00e9"),
                new Step.ReloadDevice(WG0, Optional.empty()),
                new Step.RestoreDevice(WG0, Optional.empty()),
                new Step.SetFwmark(WG0, -1, Integer.MIN_VALUE),
                new Step.SetMtu(WG0, 1400, 1420),
                new Step.ReplaceAddress(WG0, prefix("fd07::1/48"), prefix("fd07::1/64")),
                new Step.ReplaceRoute(
                        route("10.0.0.0/8 via 192.0.2.1 dev eth0 src 192.0.2.7 metric 4294967295 mtu lock 1300"
                                + " table 4294967295 onlink scope 7 proto 200"),
                        route("-6 throw default table 9")),
                new Step.AddRule(rule("-6 not from fd00::/8 to 2001:db8::1/128 iif eth0 oif ppp0"
                        + " fwmark 0x1/0xff uidrange 0-4294967295 ipproto udp sport 1-2 dport 53 priority 77"
                        + " tos 0x10 prohibit protocol 87")),
                new Step.AddRule(rule("priority 5 goto 9")),
                new Step.ReplaceFirewall(
                        List.of(CHAINS, EXTRAS),
                        List.of(CHAINS6, new FirewallTable.Found(new Table(TableFamily.INET, "wgj-wg0")))),
                new Step.RemoveFirewall(List.of()),
                new Step.ReplaceDns(DNS, other),
                new Step.SetSysctl("a.b", "", "x\ty"),
                new Step.SaveConfig(WG0)));
        return steps;
    }
}
