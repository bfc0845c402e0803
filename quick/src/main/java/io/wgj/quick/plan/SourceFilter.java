// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.PeerSection;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.quick.model.FirewallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The table that lets only `AllowedSources` send to the listen port, and gives encrypted packets their source.
final class SourceFilter {
    private SourceFilter() {}

    /// Plans it before the link is up: no packet comes in unfiltered.
    static void plan(Draft draft) throws PlanException {
        if (draft.snapshot().support().usesOwnEngine() && draft.tunnel().concernsEngine()) {
            draft.note("wgj's own engine sees to AllowedSources, of each peer, and to the source of encrypted packets");
        }
        List<List<IpPrefix>> filters = filters(draft);
        List<IpAddress> sources = UnderlayRoutes.rewrittenSources(draft);
        if (filters.isEmpty() && sources.isEmpty()) {
            return;
        }
        int mark = sources.isEmpty() ? 0 : draft.ensureFwmark();
        OptionalInt port = OptionalInt.empty();
        if (!filters.isEmpty()) {
            if (draft.device().listenPort() == 0) {
                throw new PlanException(1, "AllowedSources needs a ListenPort: the filter has to know it beforehand");
            }
            port = OptionalInt.of(draft.device().listenPort());
        }
        draft.installFirewall(
                new FirewallTable.Extras(draft.tunnel().link(), port, filters, mark, sources),
                filters.isEmpty() ? FirewallNeed.UNDERLAY : FirewallNeed.ALLOWED_SOURCES);
    }

    /// A sender has to be in each of these lists: the interface's, and the peers' taken together unless one of them
    /// takes anybody. Our engine filters by itself.
    private static List<List<IpPrefix>> filters(Draft draft) {
        List<List<IpPrefix>> filters = new ArrayList<>();
        if (draft.snapshot().support().usesOwnEngine()) {
            return filters;
        }
        if (!draft.tunnel().section().allowedSources().isEmpty()) {
            filters.add(draft.tunnel().section().allowedSources());
        }
        List<PeerSection> peers = draft.tunnel().config().peers();
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
