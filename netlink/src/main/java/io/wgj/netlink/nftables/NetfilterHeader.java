// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// The header in front of the attributes of every message to the packet filter.
///
/// `struct nfgenmsg` (linux/netfilter/nfnetlink.h), 4 bytes.
///
///     0 u8 family   1 u8 version (0)   2 u16 res_id, network order (of a batch: the subsystem)
final class NetfilterHeader {
    static final int SIZE = 4;
    static final int NFNL_SUBSYS_NFTABLES = 10;

    private NetfilterHeader() {}

    static byte[] of(int family, int resourceId) {
        return new byte[] {(byte) family, 0, (byte) (resourceId >>> 8), (byte) resourceId};
    }

    /// The message type of an nftables message, `NFT_MSG_…`.
    static int type(int message) {
        return NFNL_SUBSYS_NFTABLES << 8 | message;
    }
}
