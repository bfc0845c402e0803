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

/// The tables of a tunnel: wg-quick's, and the one for what only we do.
public final class TunnelTables {
    private TunnelTables() {}

    /// The table of that tunnel which wg-quick would make for that family.
    public static Table wgQuick(IpFamily family, InterfaceName link) {
        return new Table(TableFamily.of(family), "wg-quick-" + link);
    }

    /// Our own table of that tunnel, for both families.
    public static Table ours(InterfaceName link) {
        return new Table(TableFamily.INET, "wgj-" + link);
    }

    /// wg-quick's table: packets to the tunnel's addresses that come by another link, and not from this host, are
    /// dropped; the mark of the tunnel's encrypted packets is kept with their connection and comes back with the
    /// answers, so that reverse-path filters let them in.
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

    /// Which packets a tunnel takes, and where its own seem to come from.
    ///
    /// @param listenPort of the tunnel; meant only when there are lists
    /// @param allowedSources lists of networks of both families: who sends to the port has to be in each of them
    /// @param mark of the packets whose source is rewritten, 32 bits unsigned
    /// @param sources the new source, at most one a family; none for no rewriting
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
            // A chain a list: to be accepted by one is only to be asked about by the next.
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
            // Before connection tracking, which has to know the source that the answers go to.
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
