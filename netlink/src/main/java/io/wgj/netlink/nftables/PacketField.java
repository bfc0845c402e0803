// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.IpFamily;

/// The place of a field in a packet: `NFT_PAYLOAD_…_HEADER` and an offset in bytes from there.
public enum PacketField {
    IPV4_SOURCE(1, 12, 4, 10),
    IPV4_DESTINATION(1, 16, 4, 10),
    IPV6_SOURCE(1, 8, 16, 0),
    IPV6_DESTINATION(1, 24, 16, 0),
    /// The same in UDP and TCP.
    DESTINATION_PORT(2, 2, 2, 0);

    private static final int NFT_PAYLOAD_NETWORK_HEADER = 1;

    private final int base;
    private final int offset;
    private final int length;
    private final int headerChecksumOffset;

    PacketField(int base, int offset, int length, int headerChecksumOffset) {
        this.base = base;
        this.offset = offset;
        this.length = length;
        this.headerChecksumOffset = headerChecksumOffset;
    }

    /// The source address.
    static PacketField source(IpFamily family) {
        return family == IpFamily.V6 ? IPV6_SOURCE : IPV4_SOURCE;
    }

    /// The destination address.
    static PacketField destination(IpFamily family) {
        return family == IpFamily.V6 ? IPV6_DESTINATION : IPV4_DESTINATION;
    }

    boolean isAddress() {
        return base == NFT_PAYLOAD_NETWORK_HEADER;
    }

    int base() {
        return base;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /// The offset of the checksum in the header that has the field; 0 when that header has none.
    int headerChecksumOffset() {
        return headerChecksumOffset;
    }
}
