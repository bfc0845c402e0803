// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.TableFamily;
import java.util.List;
import java.util.OptionalInt;

/// One table of nftables that belongs to a tunnel.
public sealed interface FirewallTable {
    /// `ip`, `ip6` or `inet`.
    String family();

    /// Its name within the family.
    String name();

    /// wg-quick's own: packets to the tunnel's addresses that come by another link are dropped, and the mark of the
    /// tunnel's encrypted packets comes back with the answers, so that reverse-path filters let them in.
    ///
    /// @param addressFamily of its packets
    /// @param mark of encrypted packets, 32 bits unsigned
    /// @param addresses of the tunnel, of that family
    record MarkChains(IpFamily addressFamily, InterfaceName link, int mark, List<IpAddress> addresses)
            implements FirewallTable {
        public MarkChains {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String family() {
            return TableFamily.of(addressFamily).word();
        }

        @Override
        public String name() {
            return "wg-quick-" + link;
        }
    }

    /// What only we do, in one table for both families.
    ///
    /// @param listenPort that only `allowedSources` may send to; empty for no such filter
    /// @param allowedSources lists of networks: a sender has to be in each of them
    /// @param mark of the packets whose source is rewritten
    /// @param sources the new source, at most one a family; empty for no rewriting
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
        public String family() {
            return "inet";
        }

        @Override
        public String name() {
            return "wgj-" + link;
        }
    }

    /// A table that was found on the host. Its contents are unknown, so it can be removed but not added again.
    record Found(String family, String name) implements FirewallTable {}

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
