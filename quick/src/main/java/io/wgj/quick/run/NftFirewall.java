// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.nftables.NftablesBatch;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.nftables.TableContent;
import io.wgj.netlink.nftables.TableFamily;
import io.wgj.netlink.nftables.TunnelTables;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.FirewallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kernel's nftables, which is connected to when it is first needed.
final class NftFirewall implements Firewall, AutoCloseable {
    private final Kernel kernel;
    private Optional<Nftables> nftables = Optional.empty();
    private boolean asked;
    /// Why this user may not look at the packet filter. Plans go on without it.
    private @Nullable NetlinkException refused;
    /// None of the tunnel's, when the tables were listed.
    private boolean isClear;

    NftFirewall(Kernel kernel) {
        this.kernel = kernel;
    }

    private Optional<Nftables> connection() throws NetlinkException {
        if (!asked) {
            try {
                nftables = kernel.firewall();
            } catch (NetlinkException e) {
                if (!e.errno().is(Errno.EPERM)) {
                    throw e;
                }
                refused = e;
            }
            asked = true;
        }
        return nftables;
    }

    @Override
    public boolean isThere() throws NetlinkException {
        return connection().isPresent() || refused != null;
    }

    @Override
    public List<FirewallTable.Found> find(InterfaceName link) throws NetlinkException {
        List<FirewallTable.Found> found = new ArrayList<>();
        if (connection().isPresent()) {
            for (Table table : connection().get().tables()) {
                if (table.name().equals("wg-quick-" + link) || table.name().equals("wgj-" + link)) {
                    found.add(new FirewallTable.Found(table.family().word(), table.name()));
                }
            }
            isClear = found.isEmpty();
        }
        return found;
    }

    /// In the place of tables of these names that a killed run may have left. What is not there is not deleted:
    /// after a batch that deletes something the kernel lets its connection be closed only when all processors
    /// are past it, which takes longer than all else here.
    @Override
    public void install(List<FirewallTable> tables) throws NetlinkException {
        replace(isClear ? List.of() : tables, tables);
    }

    @Override
    public void remove(List<? extends FirewallTable> tables) throws NetlinkException {
        replace(tables, List.of());
    }

    @Override
    public void replace(List<? extends FirewallTable> before, List<FirewallTable> tables) throws NetlinkException {
        NftablesBatch batch = new NftablesBatch();
        for (FirewallTable table : before) {
            batch.deleteIfPresent(new Table(family(table.family()), table.name()));
        }
        for (FirewallTable table : tables) {
            batch.add(content(table));
        }
        Optional<Nftables> connection = connection();
        if (refused != null) {
            throw refused;
        }
        if (connection.isPresent()) {
            connection.get().commit(batch);
        }
    }

    private static TableFamily family(String word) {
        for (TableFamily family : TableFamily.values()) {
            if (family.word().equals(word)) {
                return family;
            }
        }
        throw new IllegalArgumentException("no table of ours is in family " + word);
    }

    private static TableContent content(FirewallTable table) {
        if (table instanceof FirewallTable.MarkChains chains) {
            return TunnelTables.markChains(
                    chains.addressFamily(), chains.link(), chains.mark(), chains.addresses());
        }
        if (table instanceof FirewallTable.Extras extras) {
            return TunnelTables.sources(
                    extras.link(),
                    extras.listenPort().orElse(0),
                    extras.allowedSources(),
                    extras.mark(),
                    extras.sources());
        }
        throw new IllegalArgumentException("what was in " + table.name() + " is not known");
    }

    @Override
    public void close() {
        nftables.ifPresent(Nftables::close);
    }
}
