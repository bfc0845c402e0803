// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.PeerSection;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.FirewallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Plans the nftables table that lets only `AllowedSources` send to the listen port, and that sets the source
/// address of encrypted packets.
final class SourceFilter {
    private SourceFilter() {}

    /// Runs before the link is up, so that no packet comes in unfiltered.
    static void plan(PlanBuilder builder) throws PlanException {
        if (builder.snapshot().support().usesOwnEngine() && builder.tunnel().concernsEngine()) {
            builder.note(
                    "wgj's own engine enforces AllowedSources for each peer and sets the source of encrypted packets");
        }
        List<List<IpPrefix>> filters = filters(builder);
        List<IpAddress> sources = UnderlayRoutes.rewrittenSources(builder);
        if (filters.isEmpty() && sources.isEmpty()) {
            return;
        }
        int mark = sources.isEmpty() ? 0 : builder.ensureFwmark();
        OptionalInt port = OptionalInt.empty();
        if (!filters.isEmpty()) {
            if (builder.device().listenPort() == 0) {
                throw new PlanException(1, "AllowedSources needs a ListenPort: the filter has to know it beforehand");
            }
            port = OptionalInt.of(builder.device().listenPort());
        }
        builder.installFirewall(
                new FirewallTable.Extras(builder.tunnel().link(), port, filters, mark, sources),
                filters.isEmpty() ? FirewallPurpose.UNDERLAY : FirewallPurpose.ALLOWED_SOURCES);
    }

    /// The lists that a sender has to be in, all of them: the interface's, and that of all peers together
    /// unless one of them allows every source. Our engine filters by itself.
    private static List<List<IpPrefix>> filters(PlanBuilder builder) {
        List<List<IpPrefix>> filters = new ArrayList<>();
        if (builder.snapshot().support().usesOwnEngine()) {
            return filters;
        }
        if (!builder.tunnel().section().allowedSources().isEmpty()) {
            filters.add(builder.tunnel().section().allowedSources());
        }
        List<PeerSection> peers = builder.tunnel().file().peers();
        List<IpPrefix> union = new ArrayList<>();
        for (PeerSection peer : peers) {
            if (peer.allowedSources().isEmpty()) {
                return filters;
            }
            union.addAll(peer.allowedSources());
        }
        if (!union.isEmpty()) {
            filters.add(union);
        }
        return filters;
    }
}
