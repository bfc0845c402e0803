// SPDX-License-Identifier: Apache-2.0
/// The kernel's packet filter, without nft(8). Start from [Nftables], which commits an [NftablesBatch] in one
/// transaction; a [TableContent] is what a batch makes, and [TunnelTables] writes the tables of a tunnel. Knows
/// nothing of the tools that made the other tables, and reads no more of them than their names.
@NullMarked
package io.wgj.netlink.nftables;

import org.jspecify.annotations.NullMarked;
