// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Located;
import io.wgj.config.file.Place;
import io.wgj.config.file.QuickLine;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.WordException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Hooks that leave something behind, or do by hand what a key of wgj does.
final class HookCheck {
    /// Programs whose effect is known. A hook that runs another one may do anything.
    private static final Set<String> KNOWN =
            Set.of("ip", "iptables", "ip6tables", "nft", "sysctl", "wg", "resolvconf", "resolvectl", "echo", "logger");

    private HookCheck() {}

    /// Hooks that add to the host what no hook of the file removes.
    static void notUndone(CheckedFile file, HostFacts host, Report report) {
        for (HookCommand command : file.hooks()) {
            if (!command.isPlain() && !command.program().equals("ip")) {
                continue;
            }
            List<String> lines = new ArrayList<>();
            String what = "";
            if (!command.ip("rule", "add").isEmpty()) {
                what = removes(file, "rule") ? "" : "a rule";
                lines.addAll(line(file, host, command));
            } else if (!command.ip("route", "add", "append", "replace").isEmpty() && !goesWithTheLink(file, command)) {
                what = removes(file, "route") ? "" : "a route";
                lines.addAll(line(file, host, command));
            } else if (command.isIptables() && (command.has("-A") || command.has("-I"))) {
                what = removes(file, "iptables") ? "" : "a firewall rule";
            }
            if (command.up() && !what.isEmpty()) {
                String again = lines.isEmpty() ? "add a PostDown with the opposite" : "write it as a line of wgj";
                report.add(
                        CheckCode.HOOK_NOT_UNDONE,
                        command.place(),
                        "the hook adds " + what + ", and no hook removes it: it stays after `down'",
                        again,
                        lines);
            }
        }
    }

    /// A route of the tunnel's own device goes when the device goes.
    private static boolean goesWithTheLink(CheckedFile file, HookCommand command) {
        int dev = command.words().indexOf("dev");
        if (dev < 0 || dev + 1 == command.words().size()) {
            return false;
        }
        String device = command.words().get(dev + 1);
        return device.equals("%i")
                || device.contains("INTERFACE")
                || device.equals(file.tunnel().link().text());
    }

    /// Whether a hook at the end may remove what is of this kind. A hook with a program that is not known may.
    private static boolean removes(CheckedFile file, String kind) {
        for (HookCommand command : file.hooks()) {
            if (command.up()) {
                continue;
            }
            boolean unknown = !KNOWN.contains(command.program()) && !command.isIptables();
            boolean same = kind.equals("iptables")
                    ? command.isIptables()
                    : !command.ip(kind, "delete", "flush", "del").isEmpty()
                            || command.program().equals("ip") && !command.isPlain();
            if (unknown || same) {
                return true;
            }
        }
        return false;
    }

    /// Rules and routes by hand, in a file that is for wgj alone anyway. wg-quick has no keys for them.
    static void byHand(CheckedFile file, HostFacts host, Report report) {
        if (!usesOwnKeys(file)) {
            return;
        }
        for (HookCommand command : file.hooks()) {
            boolean rule = !command.ip("rule", "add").isEmpty();
            List<String> lines = command.up() ? line(file, host, command) : List.of();
            boolean undone = removes(file, rule ? "rule" : "route");
            if (!lines.isEmpty() && undone) {
                report.add(
                        rule ? CheckCode.RULE_BY_HAND : CheckCode.ROUTE_BY_HAND,
                        command.place(),
                        rule
                                ? "the hook adds a rule that a Rule line keeps in order"
                                : "the hook adds a route that a Route line keeps in order",
                        "write this instead, and remove the hook that undoes it",
                        lines);
            }
        }
    }

    private static boolean usesOwnKeys(CheckedFile file) {
        for (QuickLine line : file.lines().lines()) {
            if (line.isOfWgj()) {
                return true;
            }
        }
        return false;
    }

    /// The line that does what `ip rule add` or `ip route add` does; empty when there is none.
    private static List<String> line(CheckedFile file, HostFacts host, HookCommand command) {
        List<String> rule = command.ip("rule", "add");
        List<String> words = rule.isEmpty() ? command.ip("route", "add") : rule;
        if (words.isEmpty() || !command.isPlain()) {
            return List.of();
        }
        List<String> expanded = new ArrayList<>();
        for (String word : words) {
            expanded.add(file.tunnel().expand(word));
        }
        try {
            if (rule.isEmpty()) {
                IpRouteSyntax.parse(expanded, host.tables());
            } else {
                IpRuleSyntax.parse(expanded, host.tables());
            }
        } catch (WordException _) {
            return List.of();
        }
        return List.of((rule.isEmpty() ? "Route = " : "Rule = ") + String.join(" ", words));
    }

    /// `iptables -t nat -A POSTROUTING … -j MASQUERADE`.
    static void masquerade(CheckedFile file, Report report) {
        for (HookCommand command : file.hooks()) {
            boolean adds = command.up()
                    && command.isIptables()
                    && command.has("POSTROUTING")
                    && command.has("MASQUERADE")
                    && (command.has("-A") || command.has("-I"));
            if (!adds || !command.isPlain()) {
                continue;
            }
            boolean v6 = command.program().startsWith("ip6");
            String from = source(file, command, v6);
            int at = command.words().indexOf("-o");
            String out = at >= 0 && at + 1 < command.words().size()
                    ? "oifname " + command.words().get(at + 1)
                    : "oifname != %i";
            List<String> lines = from.isEmpty()
                    ? List.of()
                    : List.of(
                            "PostUp = nft \"add table " + family(v6) + " %i-nat; add chain " + family(v6)
                                    + " %i-nat out { type nat hook postrouting priority 100; }; add rule "
                                    + family(v6) + " %i-nat out " + out + " " + family(v6) + " saddr " + from
                                    + " masquerade\"",
                            "PostDown = nft delete table " + family(v6) + " %i-nat");
            report.add(
                    CheckCode.MASQUERADE_BY_HAND,
                    command.place(),
                    "rules of iptables stay after a failed `up', and the next one adds them again",
                    lines.isEmpty()
                            ? "use a table of nftables, which is removed as a whole"
                            : "use a table of nftables, which is removed as a whole; remove the iptables hooks of the"
                                    + " nat table",
                    lines);
        }
    }

    private static String family(boolean v6) {
        return v6 ? "ip6" : "ip";
    }

    /// The network that is hidden: as the hook says, else that of the interface.
    private static String source(CheckedFile file, HookCommand command, boolean v6) {
        int at = command.words().indexOf("-s");
        if (at >= 0 && at + 1 < command.words().size()) {
            return command.words().get(at + 1);
        }
        for (Located<IpPrefix> address : file.section().addresses()) {
            boolean network =
                    address.value().length() < address.value().family().bits();
            if (network && address.value().family() == (v6 ? IpFamily.V6 : IpFamily.V4)) {
                return address.value().masked().text();
            }
        }
        return "";
    }

    /// `sysctl -w net.ipv4.ip_forward=1`.
    static void forwarding(CheckedFile file, Report report) {
        Set<Place> told = new HashSet<>();
        for (HookCommand command : file.hooks()) {
            if (!command.up()) {
                continue;
            }
            String setting = "";
            for (String word : command.words()) {
                if (command.program().equals("sysctl") && isForwarding(word)) {
                    setting = word.replace("=", " = ").replace('/', '.');
                } else if (word.equals("/proc/sys/net/ipv4/ip_forward")) {
                    setting = "net.ipv4.ip_forward = 1";
                } else if (word.equals("/proc/sys/net/ipv6/conf/all/forwarding")) {
                    setting = "net.ipv6.conf.all.forwarding = 1";
                }
            }
            if (!setting.isEmpty() && told.add(command.place())) {
                report.add(
                        CheckCode.FORWARDING_BY_HAND,
                        command.place(),
                        "the setting stays after `down', and is missing after a restart until the tunnel is up",
                        "put it into /etc/sysctl.d/60-forwarding.conf: " + setting,
                        List.of());
            }
        }
    }

    private static boolean isForwarding(String word) {
        String name = word.replace('/', '.');
        return name.equals("net.ipv4.ip_forward=1")
                || name.equals("net.ipv4.conf.all.forwarding=1")
                || name.equals("net.ipv6.conf.all.forwarding=1");
    }
}
