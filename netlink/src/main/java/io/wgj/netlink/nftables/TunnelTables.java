// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import static io.wgj.netlink.nftables.BaseChain.PRIORITY_MANGLE;
import static io.wgj.netlink.nftables.BaseChain.PRIORITY_RAW;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.BaseChain.Hook;
import java.util.ArrayList;
import java.util.List;

/// Builds the tables of a tunnel: wg-quick's, and wgj's own for what wg-quick does not have.
public final class TunnelTables {
    private static final String WG_QUICK = "wg-quick-";
    private static final String OURS = "wgj-";

    private TunnelTables() {}

    /// wg-quick's table of a tunnel for one family.
    public static Table wgQuick(IpFamily family, InterfaceName link) {
        return new Table(TableFamily.of(family), WG_QUICK + link);
    }

    /// wgj's own table of a tunnel, for both families.
    public static Table ours(InterfaceName link) {
        return new Table(TableFamily.INET, OURS + link);
    }

    /// Whether a table has the name of one of this tunnel's, in any family.
    public static boolean isNamedAfter(Table table, InterfaceName link) {
        return table.name().equals(WG_QUICK + link) || table.name().equals(OURS + link);
    }

    /// wg-quick's table. It drops packets to the tunnel's addresses that arrive on another link and do not
    /// come from this host. It stores the mark of the tunnel's encrypted packets with their connection and
    /// restores it on answers, so that reverse-path filters accept them.
    ///
    /// @param mark of encrypted packets, 32 bits unsigned
    /// @param addresses of the tunnel in that family
    public static TableContent markChains(IpFamily family, InterfaceName link, int mark, List<IpAddress> addresses) {
        Table table = wgQuick(family, link);
        List<Rule> rules = new ArrayList<>();
        for (IpAddress address : addresses) {
            rules.add(new RuleBuilder(table.family(), "preraw")
                    .inputLinkIsNot(link.text())
                    .destinationIs(address)
                    .sourceIsNotLocal()
                    .drop());
        }
        rules.add(new RuleBuilder(table.family(), "premangle")
                .isUdp()
                .restoreMark()
                .build());
        rules.add(new RuleBuilder(table.family(), "postmangle")
                .isUdp()
                .markIs(mark)
                .saveMark()
                .build());
        return new TableContent(
                table,
                List.of(),
                List.of(
                        new BaseChain("preraw", BaseChain.Type.FILTER, Hook.PREROUTING, PRIORITY_RAW),
                        new BaseChain("premangle", BaseChain.Type.FILTER, Hook.PREROUTING, PRIORITY_MANGLE),
                        new BaseChain("postmangle", BaseChain.Type.FILTER, Hook.POSTROUTING, PRIORITY_MANGLE)),
                rules);
    }

    /// wgj's own table: it filters the senders of a tunnel's encrypted packets and rewrites the source of its
    /// own.
    ///
    /// @param listenPort of the tunnel; used only with `allowedSources`
    /// @param allowedSources lists of prefixes of both families: a sender must be in each list
    /// @param mark of the packets whose source is rewritten, 32 bits unsigned
    /// @param sources the new source, at most one a family; empty for no rewriting
    public static TableContent sources(
            InterfaceName link,
            int listenPort,
            List<List<IpPrefix>> allowedSources,
            int mark,
            List<IpAddress> sources) {
        Table table = ours(link);
        List<AddressSet> sets = new ArrayList<>();
        List<BaseChain> chains = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (List<IpPrefix> list : allowedSources) {
            // One chain for each list: a packet that one chain accepts goes on to the next.
            String chain = "sources" + chains.size();
            chains.add(new BaseChain(chain, BaseChain.Type.FILTER, Hook.INPUT, PRIORITY_RAW));
            rules.add(new RuleBuilder(table.family(), chain).isNotUdp().accept());
            rules.add(new RuleBuilder(table.family(), chain)
                    .udpPortIsNot(listenPort)
                    .accept());
            for (IpFamily family : IpFamily.values()) {
                List<IpPrefix> prefixes = new ArrayList<>();
                for (IpPrefix prefix : list) {
                    if (prefix.family() == family) {
                        prefixes.add(prefix);
                    }
                }
                if (!prefixes.isEmpty()) {
                    String name = chain + "-" + TableFamily.of(family).word();
                    AddressSet set = new AddressSet(name, sets.size() + 1, family, prefixes);
                    sets.add(set);
                    rules.add(new RuleBuilder(table.family(), chain)
                            .sourceIsIn(set)
                            .accept());
                }
            }
            rules.add(new RuleBuilder(table.family(), chain).drop());
        }
        if (!sources.isEmpty()) {
            // Before connection tracking, which must know the source that answers go to.
            chains.add(new BaseChain("source", BaseChain.Type.ROUTE, Hook.OUTPUT, PRIORITY_RAW));
        }
        for (IpAddress source : sources) {
            rules.add(new RuleBuilder(table.family(), "source")
                    .isUdp()
                    .markIs(mark)
                    .setSource(source)
                    .build());
        }
        return new TableContent(table, sets, chains, rules);
    }
}
