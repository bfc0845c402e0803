// SPDX-License-Identifier: Apache-2.0
/// Changes the kernel's packet filter without nft(8). Start from [Nftables], which commits an [NftablesBatch]
/// in one transaction; [TunnelTables] builds the [TableContent] of a tunnel. Knows only the names of other
/// programs' tables.
@NullMarked
package io.wgj.netlink.nftables;

import org.jspecify.annotations.NullMarked;
