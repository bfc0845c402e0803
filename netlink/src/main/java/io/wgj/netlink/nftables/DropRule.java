// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.OptionalLong;

/// A rule of the packet filter that drops or rejects packets.
///
/// @param table `inet filter`
/// @param handle its number, which `nft -a list ruleset` shows
/// @param packets that its counter has counted; empty without a counter
/// @param in whether packets on their way to this host may meet it
/// @param out whether packets that this host sends may meet it
public record DropRule(String table, String chain, long handle, OptionalLong packets, boolean in, boolean out) {}
