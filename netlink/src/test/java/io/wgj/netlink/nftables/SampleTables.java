// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;

/// Tables that several tests use.
final class SampleTables {
    private static final InterfaceName WG0 = new InterfaceName("wg0");

    private SampleTables() {}

    /// The tables of the golden file `nft-sources`.
    static TableContent sources() {
        return TunnelTables.sources(
                WG0,
                51_820,
                List.of(List.of(
                        new IpPrefix(IpAddress.ofV4(0x0a000000), 8),
                        IpPrefix.host(IpAddress.ofV4(0xc0000201)),
                        new IpPrefix(IpAddress.ofV6(0xfd00_0000_0000_0000L, 0), 8))),
                0x5151,
                List.of(IpAddress.ofV4(0xc0000207), IpAddress.ofV6(0xfd00_0000_0000_0000L, 7)));
    }
}
