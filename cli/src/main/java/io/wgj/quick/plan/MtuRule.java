// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.Endpoint;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteMtu;
import io.wgj.netlink.route.TableNames;
import java.util.Optional;

/// Finds the MTU of a link whose file names none: the least of the ways to the peers, less what a tunnel adds.
final class MtuRule {
    /// IPv6 40, UDP 8, WireGuard 32 bytes.
    private static final int OVERHEAD = 80;

    private static final int ETHERNET = 1500;
    private static final int NONE = Integer.MAX_VALUE;

    private final Draft draft;

    private MtuRule(Draft draft) {
        this.draft = draft;
    }

    static int mtu(Draft draft) {
        if (draft.tunnel().section().mtu().isPresent()) {
            return draft.tunnel().section().mtu().getAsInt();
        }
        if (draft.keptMtu().isPresent()) {
            return draft.keptMtu().getAsInt();
        }
        MtuRule rule = new MtuRule(draft);
        int least = rule.leastOfPeers();
        if (least == NONE) {
            least = rule.ofDefaultRoute();
        }
        return (least == NONE ? ETHERNET : least) - OVERHEAD;
    }

    private int leastOfPeers() {
        int least = NONE;
        for (Endpoint.Numeric endpoint : draft.device().endpoints()) {
            WayOut way = draft.snapshot().ways().get(endpoint.address());
            // wg-quick passes over addresses with a scope.
            if (way == null || endpoint.scopeId() != 0) {
                continue;
            }
            if (!way.refusal().isEmpty()) {
                draft.note("no route to " + endpoint.address().text() + ": " + way.refusal());
            }
            least = Math.min(least, way.mtu().orElse(ofLink(way.device())));
        }
        return least;
    }

    /// The first default route of IPv4 in the main table.
    private int ofDefaultRoute() {
        for (Route route : draft.snapshot().routes()) {
            boolean isDefault = !route.v6() && route.destination().length() == 0;
            if (isDefault && route.table() == TableNames.MAIN) {
                Optional<RouteMtu> mtu = route.mtu();
                boolean counts = mtu.isPresent() && !mtu.get().locked();
                return counts ? mtu.get().bytes() : ofLink(route.device());
            }
        }
        return NONE;
    }

    private int ofLink(Optional<String> name) {
        // The tunnel itself may be the way to an endpoint by now: that says nothing.
        boolean itself = name.equals(Optional.of(draft.tunnel().link().text()));
        Optional<HostLink> link = itself ? Optional.empty() : name.flatMap(draft.snapshot()::link);
        return link.isPresent() ? link.get().mtu() : NONE;
    }
}
