// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.TableFamily;
import io.wgj.quick.model.FirewallTable;
import java.util.ArrayList;
import java.util.List;

/// Formats nftables tables in the language of nft(8).
final class FirewallText {
    private final List<String> lines = new ArrayList<>();

    private FirewallText() {}

    static List<String> lines(FirewallTable table) {
        FirewallText text = new FirewallText();
        text.lines.add("table " + table.table() + " {");
        if (table instanceof FirewallTable.MarkChains chains) {
            text.markChains(chains);
        } else if (table instanceof FirewallTable.Extras extras) {
            text.extras(extras);
        }
        text.lines.add("}");
        return text.lines;
    }

    private void markChains(FirewallTable.MarkChains table) {
        List<String> spoofed = new ArrayList<>();
        for (IpAddress address : table.addresses()) {
            spoofed.add("iifname != \"" + table.link() + "\" "
                    + TableFamily.of(table.family()).word() + " daddr " + address.text()
                    + " fib saddr type != local drop");
        }
        chain("preraw", "type filter hook prerouting priority raw; policy accept;", spoofed);
        chain(
                "premangle",
                "type filter hook prerouting priority mangle; policy accept;",
                List.of("meta l4proto udp meta mark set ct mark"));
        chain(
                "postmangle",
                "type filter hook postrouting priority mangle; policy accept;",
                List.of("meta l4proto udp meta mark 0x" + Integer.toHexString(table.mark())
                        + " ct mark set meta mark"));
    }

    private void extras(FirewallTable.Extras table) {
        int number = 0;
        for (List<IpPrefix> sources : table.allowedSources()) {
            List<String> rules = new ArrayList<>();
            rules.add("meta l4proto != udp accept");
            rules.add("udp dport != " + table.listenPort().orElseThrow() + " accept");
            for (IpPrefix source : sources) {
                rules.add(TableFamily.of(source.family()).word() + " saddr " + source.text() + " accept");
            }
            rules.add("drop");
            chain("sources" + number++, "type filter hook input priority raw; policy accept;", rules);
        }
        if (!table.sources().isEmpty()) {
            List<String> rules = new ArrayList<>();
            for (IpAddress source : table.sources()) {
                String family = TableFamily.of(source.family()).word();
                rules.add("meta l4proto udp meta mark 0x" + Integer.toHexString(table.mark()) + " " + family
                        + " saddr set " + source.text());
            }
            // Before connection tracking, which has to see the new source address.
            chain("source", "type route hook output priority raw; policy accept;", rules);
        }
    }

    private void chain(String name, String head, List<String> rules) {
        lines.add("  chain " + name + " {");
        lines.add("    " + head);
        for (String rule : rules) {
            lines.add("    " + rule);
        }
        lines.add("  }");
    }
}
