// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.FirewallTable;
import java.util.List;

/// The tables of nftables that are a tunnel's. Every change is one transaction: all of it happens, or nothing.
interface Firewall {
    /// Whether the kernel has nftables.
    boolean isThere() throws NetlinkException;

    /// The tables that carry the tunnel's name, in every family, whoever made them.
    List<FirewallTable.Found> find(InterfaceName link) throws NetlinkException;

    /// Makes tables; those of that name that are there are replaced.
    void install(List<FirewallTable> tables) throws NetlinkException;

    /// Deletes tables; those that are not there are passed over.
    void remove(List<? extends FirewallTable> tables) throws NetlinkException;

    /// Deletes the tables `before` and makes `tables`.
    void replace(List<? extends FirewallTable> before, List<FirewallTable> tables) throws NetlinkException;
}
