// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.netlink.nftables.DropRule;
import io.wgj.netlink.nftables.DropRules;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches what the rules of nftables and of iptables-legacy drop, from its creation on.
final class FirewallWatch implements AutoCloseable {
    private final List<String> unseen;
    private final Optional<Nftables> nftables;
    private final LegacyTables legacy;
    private final Optional<DropRules> before;

    /// @param unseen takes why the packet filter cannot be read
    FirewallWatch(List<String> unseen) {
        this.unseen = unseen;
        this.nftables = open();
        this.legacy = new LegacyTables(unseen);
        this.before = read();
    }

    private Optional<Nftables> open() {
        try {
            return Nftables.open();
        } catch (NetlinkException failure) {
            tell(failure);
            return Optional.empty();
        }
    }

    private Optional<DropRules> read() {
        if (nftables.isEmpty()) {
            return Optional.empty();
        }
        try {
            DropRules rules = nftables.get().dropRules();
            DropRules older = legacy.read();
            List<DropRule> all = new ArrayList<>(rules.rules());
            all.addAll(older.rules());
            return Optional.of(
                    new DropRules(all, rules.policyIn() || older.policyIn(), rules.policyOut() || older.policyOut()));
        } catch (NetlinkException failure) {
            tell(failure);
            return Optional.empty();
        }
    }

    private void tell(NetlinkException failure) {
        String gap = "the packet filter cannot be read: " + failure.errno().sentence();
        if (!unseen.contains(gap)) {
            unseen.add(gap);
        }
    }

    /// What grew since the beginning; empty when the packet filter cannot be read.
    Optional<FirewallFacts> facts() {
        Optional<DropRules> now = read();
        if (now.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> earlier = new HashMap<>();
        for (DropRule rule : before.get().rules()) {
            earlier.put(id(rule), rule.packets().orElse(0));
        }
        List<FirewallFacts.RuleCount> in = new ArrayList<>();
        List<FirewallFacts.RuleCount> out = new ArrayList<>();
        boolean mayIn = now.get().policyIn();
        boolean mayOut = now.get().policyOut();
        for (DropRule rule : now.get().rules()) {
            long grown = rule.packets().orElse(0) - earlier.getOrDefault(id(rule), 0L);
            FirewallFacts.RuleCount count =
                    new FirewallFacts.RuleCount(rule.table(), rule.chain(), rule.handle(), grown);
            mayIn |= rule.in();
            mayOut |= rule.out();
            if (grown > 0 && rule.in()) {
                in.add(count);
            }
            if (grown > 0 && rule.out()) {
                out.add(count);
            }
        }
        return Optional.of(new FirewallFacts(in, out, mayIn, mayOut));
    }

    private static String id(DropRule rule) {
        return rule.table() + " " + rule.chain() + " " + rule.handle();
    }

    @Override
    public void close() {
        nftables.ifPresent(Nftables::close);
    }
}
