// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.List;

/// What becomes of packets in one chain: the expressions are worked off until one does not match.
///
/// @param chain its name
public record Rule(String chain, List<Expression> expressions) {
    public Rule {
        expressions = List.copyOf(expressions);
    }
}
