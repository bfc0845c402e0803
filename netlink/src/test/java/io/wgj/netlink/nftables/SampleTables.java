// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.List;

/// Tables that several tests make.
final class SampleTables {
    private SampleTables() {}

    /// What the golden file `nft-sources` makes.
    static TableContent sources() {
        return TunnelTables.sources(
                "wg0",
                51_820,
                List.of(List.of(
                        new AddressBlock(false, 0, 0x0a000000L, 8),
                        AddressBlock.ofV4(0xc0000201),
                        new AddressBlock(true, 0xfd00_0000_0000_0000L, 0, 8))),
                0x5151,
                List.of(AddressBlock.ofV4(0xc0000207), AddressBlock.ofV6(0xfd00_0000_0000_0000L, 7)));
    }
}
