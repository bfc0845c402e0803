// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.nftables.TunnelTables;
import java.util.List;
import java.util.OptionalInt;

/// One nftables table of a tunnel.
public sealed interface FirewallTable {
    /// Its family and name.
    Table table();

    /// wg-quick's own table, see [TunnelTables#markChains].
    ///
    /// @param family of its packets
    /// @param mark of encrypted packets, 32 bits unsigned
    /// @param addresses of the tunnel, of that family
    record MarkChains(IpFamily family, InterfaceName link, int mark, List<IpAddress> addresses)
            implements FirewallTable {
        public MarkChains {
            addresses = List.copyOf(addresses);
        }

        @Override
        public Table table() {
            return TunnelTables.wgQuick(family, link);
        }
    }

    /// Our own additions, in one table for both families.
    ///
    /// @param listenPort the port that only `allowedSources` may send to; empty for no such filter
    /// @param allowedSources lists of networks; a sender has to be in each list
    /// @param mark of the packets whose source is rewritten
    /// @param sources the new source address, at most one per family; empty for no rewriting
    record Extras(
            InterfaceName link,
            OptionalInt listenPort,
            List<List<IpPrefix>> allowedSources,
            int mark,
            List<IpAddress> sources)
            implements FirewallTable {
        public Extras {
            allowedSources = allowedSources.stream().map(List::copyOf).toList();
            sources = List.copyOf(sources);
        }

        @Override
        public Table table() {
            return TunnelTables.ours(link);
        }
    }

    /// A table that was found on the host. Its contents are unknown, so it can be removed but not added
    /// again.
    record Found(Table table) implements FirewallTable {}

    /// Whether the contents of all these tables are known.
    static boolean areAllKnown(List<FirewallTable> tables) {
        for (FirewallTable table : tables) {
            if (table instanceof Found) {
                return false;
            }
        }
        return true;
    }
}
