// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.List;

/// A rule of one chain: the kernel evaluates its expressions until one does not match.
///
/// @param chain its name
public record Rule(String chain, List<Expression> expressions) {
    public Rule {
        expressions = List.copyOf(expressions);
    }
}
