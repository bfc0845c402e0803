// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.List;

/// A table with its content.
///
/// @param rules in order, which matters within a chain
public record TableContent(Table table, List<AddressSet> sets, List<BaseChain> chains, List<Rule> rules) {
    public TableContent {
        sets = List.copyOf(sets);
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }
}
