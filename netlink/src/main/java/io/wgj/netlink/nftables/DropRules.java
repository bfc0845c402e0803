// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.transport.MessageHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything in the packet filter that drops packets of this host or for it, with its counters.
///
/// @param rules that drop or reject
/// @param policyIn whether the policy of a chain drops what comes in
/// @param policyOut whether one drops what goes out
public record DropRules(List<DropRule> rules, boolean policyIn, boolean policyOut) {
    private static final int PREROUTING = 0;
    private static final int INPUT = 1;
    private static final int OUTPUT = 3;
    private static final int POSTROUTING = 4;

    public DropRules {
        rules = List.copyOf(rules);
    }

    private record ChainId(String table, String name) {}

    private record Found(ChainId chain, long handle, OptionalLong packets) {}

    /// Collects chains and rules, in any order.
    static final class Collector implements MessageHandler {
        private static final int NFTA_CHAIN_TABLE = 1;
        private static final int NFTA_CHAIN_NAME = 3;
        private static final int NFTA_CHAIN_HOOK = 4;
        private static final int NFTA_CHAIN_POLICY = 5;
        private static final int NFTA_HOOK_HOOKNUM = 1;
        private static final int NFTA_RULE_TABLE = 1;
        private static final int NFTA_RULE_CHAIN = 2;
        private static final int NFTA_RULE_HANDLE = 3;
        private static final int NFTA_RULE_EXPRESSIONS = 4;
        private static final int NFTA_EXPR_NAME = 1;
        private static final int NFTA_EXPR_DATA = 2;
        private static final int NFTA_COUNTER_PACKETS = 2;
        private static final int NFTA_IMMEDIATE_DATA = 2;
        private static final int NFTA_DATA_VERDICT = 2;
        private static final int NFTA_VERDICT_CODE = 1;
        private static final int NFTA_VERDICT_CHAIN = 2;
        private static final int NF_DROP = 0;
        private static final int UNCOUNTED = -1;

        private final Map<ChainId, Integer> hooks = new HashMap<>();
        private final Map<ChainId, Set<ChainId>> jumps = new HashMap<>();
        private final List<Found> rules = new ArrayList<>();
        private boolean policyIn;
        private boolean policyOut;

        /// What a rule does, while it is read.
        private static final class Reading {
            private long packets = UNCOUNTED;
            private boolean drops;
            private final List<String> targets = new ArrayList<>();
        }

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            ByteBuffer in = message.payload();
            Optional<TableFamily> family = TableFamily.of(in.get(in.position()) & 0xff);
            if (family.isEmpty()) {
                return;
            }
            AttributeReader attributes =
                    new AttributeReader(in, NetfilterHeader.SIZE, ByteOrder.BIG_ENDIAN, "rule of nftables");
            if (message.type() == NetfilterHeader.type(NftablesBatch.NFT_MSG_NEWCHAIN)) {
                chain(attributes, family.get());
            } else if (message.type() == NetfilterHeader.type(NftablesBatch.NFT_MSG_NEWRULE)) {
                rule(attributes, family.get());
            }
        }

        private void chain(AttributeReader attributes, TableFamily family) throws MalformedMessageException {
            String table = "";
            String name = "";
            int hook = -1;
            int policy = 1;
            while (attributes.next()) {
                switch (attributes.type()) {
                    case NFTA_CHAIN_TABLE -> table = attributes.string();
                    case NFTA_CHAIN_NAME -> name = attributes.string();
                    case NFTA_CHAIN_POLICY -> policy = attributes.u32();
                    case NFTA_CHAIN_HOOK -> {
                        attributes.enter();
                        while (attributes.next()) {
                            if (attributes.type() == NFTA_HOOK_HOOKNUM) {
                                hook = attributes.u32();
                            }
                        }
                        attributes.leave();
                    }
                    default -> {}
                }
            }
            if (hook >= 0) {
                hooks.put(new ChainId(new Table(family, table).toString(), name), hook);
                policyIn |= policy == NF_DROP && (hook == PREROUTING || hook == INPUT);
                policyOut |= policy == NF_DROP && (hook == OUTPUT || hook == POSTROUTING);
            }
        }

        private void rule(AttributeReader attributes, TableFamily family) throws MalformedMessageException {
            String table = "";
            String chain = "";
            long handle = 0;
            Reading reading = new Reading();
            while (attributes.next()) {
                switch (attributes.type()) {
                    case NFTA_RULE_TABLE -> table = attributes.string();
                    case NFTA_RULE_CHAIN -> chain = attributes.string();
                    case NFTA_RULE_HANDLE -> handle = attributes.u64();
                    case NFTA_RULE_EXPRESSIONS -> {
                        attributes.enter();
                        while (attributes.next()) {
                            attributes.enter();
                            expression(attributes, reading);
                            attributes.leave();
                        }
                        attributes.leave();
                    }
                    default -> {}
                }
            }
            String place = new Table(family, table).toString();
            ChainId from = new ChainId(place, chain);
            for (String target : reading.targets) {
                jumps.computeIfAbsent(from, _ -> new HashSet<>()).add(new ChainId(place, target));
            }
            if (reading.drops) {
                OptionalLong packets =
                        reading.packets == UNCOUNTED ? OptionalLong.empty() : OptionalLong.of(reading.packets);
                rules.add(new Found(from, handle, packets));
            }
        }

        private static void expression(AttributeReader attributes, Reading reading) throws MalformedMessageException {
            String name = "";
            while (attributes.next()) {
                if (attributes.type() == NFTA_EXPR_NAME) {
                    name = attributes.string();
                    reading.drops |= name.equals("reject");
                } else if (attributes.type() == NFTA_EXPR_DATA) {
                    attributes.enter();
                    while (attributes.next()) {
                        if (name.equals("counter") && attributes.type() == NFTA_COUNTER_PACKETS) {
                            reading.packets = attributes.u64();
                        } else if (name.equals("immediate") && attributes.type() == NFTA_IMMEDIATE_DATA) {
                            verdict(attributes, reading);
                        }
                    }
                    attributes.leave();
                }
            }
        }

        private static void verdict(AttributeReader attributes, Reading reading) throws MalformedMessageException {
            attributes.enter();
            while (attributes.next()) {
                if (attributes.type() == NFTA_DATA_VERDICT) {
                    attributes.enter();
                    while (attributes.next()) {
                        if (attributes.type() == NFTA_VERDICT_CODE) {
                            reading.drops |= attributes.u32() == NF_DROP;
                        } else if (attributes.type() == NFTA_VERDICT_CHAIN) {
                            reading.targets.add(attributes.string());
                        }
                    }
                    attributes.leave();
                }
            }
            attributes.leave();
        }

        /// All that was collected. A chain that no chain of a hook leads to counts for both ways: a map may lead
        /// there.
        DropRules result() {
            Set<ChainId> in = reached(PREROUTING, INPUT);
            Set<ChainId> out = reached(OUTPUT, POSTROUTING);
            Set<ChainId> forward = reached(2, 2);
            List<DropRule> found = new ArrayList<>();
            for (Found rule : rules) {
                boolean unknown = !in.contains(rule.chain)
                        && !out.contains(rule.chain)
                        && !forward.contains(rule.chain)
                        && hook(rule.chain) == null;
                found.add(new DropRule(
                        rule.chain.table,
                        rule.chain.name,
                        rule.handle,
                        rule.packets,
                        unknown || in.contains(rule.chain),
                        unknown || out.contains(rule.chain)));
            }
            return new DropRules(found, policyIn, policyOut);
        }

        private @Nullable Integer hook(ChainId chain) {
            return hooks.get(chain);
        }

        private Set<ChainId> reached(int early, int late) {
            Set<ChainId> reached = new HashSet<>();
            List<ChainId> open = new ArrayList<>();
            hooks.forEach((chain, hook) -> {
                if (hook == early || hook == late) {
                    open.add(chain);
                }
            });
            while (!open.isEmpty()) {
                ChainId chain = open.removeLast();
                if (reached.add(chain)) {
                    open.addAll(jumps.getOrDefault(chain, Set.of()));
                }
            }
            return reached;
        }
    }
}
