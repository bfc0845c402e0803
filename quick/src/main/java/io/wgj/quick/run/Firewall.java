// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.nftables.NftablesBatch;
import io.wgj.netlink.nftables.Table;
import io.wgj.netlink.nftables.TableContent;
import io.wgj.netlink.nftables.TunnelTables;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.FirewallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The nftables tables of a tunnel. Connects to the kernel when it is first needed. Every change is one
/// transaction: all of it happens, or nothing.
final class Firewall implements AutoCloseable {
    private final Kernel kernel;
    private Optional<Nftables> nftables = Optional.empty();
    private boolean asked;
    /// Why this user may not look at nftables. Plans go on without it.
    private @Nullable NetlinkException refused;
    /// Whether there was no table of the tunnel when they were listed.
    private boolean isClear;

    Firewall(Kernel kernel) {
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

    /// Whether the kernel has nftables.
    boolean isThere() throws NetlinkException {
        return connection().isPresent() || refused != null;
    }

    /// The tables that carry the tunnel's name, in every family, whatever made them.
    List<FirewallTable.Found> find(InterfaceName link) throws NetlinkException {
        List<FirewallTable.Found> found = new ArrayList<>();
        if (connection().isPresent()) {
            for (Table table : connection().get().tables()) {
                if (TunnelTables.isNamedAfter(table, link)) {
                    found.add(new FirewallTable.Found(table));
                }
            }
            isClear = found.isEmpty();
        }
        return found;
    }

    /// Adds tables, in place of tables of these names that a killed run may have left. Tables that are not
    /// there are not deleted: after a batch that deletes something the kernel lets its connection be closed
    /// only when all processors have passed it, which takes longer than everything else here.
    void install(List<FirewallTable> tables) throws StepException {
        replace(isClear ? List.of() : tables, tables);
    }

    /// Deletes tables. Tables that are not there are skipped.
    void remove(List<? extends FirewallTable> tables) throws StepException {
        replace(tables, List.of());
    }

    /// Deletes the tables `before` and adds `tables`.
    void replace(List<? extends FirewallTable> before, List<FirewallTable> tables) throws StepException {
        NftablesBatch batch = new NftablesBatch();
        for (FirewallTable table : before) {
            batch.deleteIfPresent(table.table());
        }
        for (FirewallTable table : tables) {
            batch.add(content(table));
        }
        try {
            commit(batch);
        } catch (NetlinkException e) {
            throw Failures.of("nftables: " + e.detail().orElse(e.operation()), e.errno());
        }
    }

    private void commit(NftablesBatch batch) throws NetlinkException {
        Optional<Nftables> connection = connection();
        if (refused != null) {
            throw refused;
        }
        if (connection.isPresent()) {
            connection.get().commit(batch);
        }
    }

    private static TableContent content(FirewallTable table) {
        return switch (table) {
            case FirewallTable.MarkChains chains ->
                TunnelTables.markChains(chains.family(), chains.link(), chains.mark(), chains.addresses());
            case FirewallTable.Extras extras ->
                TunnelTables.sources(
                        extras.link(),
                        extras.listenPort().orElse(0),
                        extras.allowedSources(),
                        extras.mark(),
                        extras.sources());
            case FirewallTable.Found found ->
                throw new IllegalArgumentException("the content of " + found.table() + " is not known");
        };
    }

    @Override
    public void close() {
        nftables.ifPresent(Nftables::close);
    }
}
