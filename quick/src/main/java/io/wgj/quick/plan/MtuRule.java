// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteMtu;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.RouteLookup;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds the MTU of a link whose file names none: the least MTU of the routes to its peers, less the size of
/// the tunnel's headers.
final class MtuRule {
    /// IPv6 40, UDP 8, WireGuard 32 bytes.
    static final int OVERHEAD = 80;

    private static final int ETHERNET = 1500;
    private static final int NONE = Integer.MAX_VALUE;

    /// `IPV6_MIN_MTU` (net/ipv6.h). Below it the kernel silently removes IPv6 and its addresses from a link.
    static final int LEAST_FOR_IPV6 = 1280;

    private final PlanBuilder builder;
    /// Where the least MTU was found, for messages.
    private String origin = "";

    private MtuRule(PlanBuilder builder) {
        this.builder = builder;
    }

    /// The link's MTU. Refuses one that is too small for what the file asks for.
    static int mtu(PlanBuilder builder) throws PlanException {
        MtuRule rule = new MtuRule(builder);
        Optional<Located<Integer>> given = builder.tunnel().section().mtu();
        OptionalInt known = given.isPresent() ? OptionalInt.of(given.get().value()) : builder.keptMtu();
        int mtu = known.isPresent() ? known.getAsInt() : rule.automatic();
        rule.requireRoomForIpv6(mtu);
        return mtu;
    }

    /// Refuses what [#mtu] will refuse, as far as this is known before endpoint names are looked up.
    static void require(PlanBuilder builder) throws PlanException {
        MtuRule rule = new MtuRule(builder);
        boolean unknown = builder.tunnel().section().mtu().isEmpty()
                && builder.tunnel().namesEndpoints()
                && rule.leastOfPeers() == NONE;
        if (!unknown) {
            mtu(builder);
        }
    }

    private int automatic() {
        int least = leastOfPeers();
        if (least == NONE) {
            least = ofDefaultRoute();
        }
        return (least == NONE ? ETHERNET : least) - OVERHEAD;
    }

    private void requireRoomForIpv6(int mtu) throws PlanException {
        if (mtu >= LEAST_FOR_IPV6) {
            return;
        }
        Optional<String> ipv6 = Ipv6Use.first(builder);
        if (ipv6.isPresent()) {
            throw new PlanException(
                    FileCheck.REFUSED,
                    "MTU " + mtu + (origin.isEmpty() ? "" : " (" + OVERHEAD + " less than " + origin + ")")
                            + " is too small: " + ipv6.get() + " is IPv6, which needs " + LEAST_FOR_IPV6
                            + "; write `MTU = " + LEAST_FOR_IPV6 + "' (or more), or take the IPv6 out");
        }
    }

    private int leastOfPeers() {
        int least = NONE;
        for (Endpoint.Numeric endpoint : builder.device().endpoints()) {
            RouteLookup way = builder.snapshot().lookups().get(endpoint.address());
            // wg-quick skips addresses with a scope.
            if (way == null || endpoint.scopeId() != 0) {
                continue;
            }
            if (!way.refusal().isEmpty()) {
                builder.note("no route to " + endpoint.address().text() + ": " + way.refusal());
            }
            int mtu = way.mtu().orElse(ofLink(way.device()));
            if (mtu < least) {
                least = mtu;
                origin = "that of the way to " + endpoint.address().text() + by(way.device());
            }
        }
        return least;
    }

    /// The first default route of IPv4 in the main table.
    private int ofDefaultRoute() {
        for (Route route : builder.snapshot().routes()) {
            boolean isDefault =
                    route.family() == IpFamily.V4 && route.destination().length() == 0;
            if (isDefault && route.table() == TableNames.MAIN) {
                Optional<RouteMtu> mtu = route.mtu();
                boolean counts = mtu.isPresent() && !mtu.get().locked();
                origin = "that of the default route" + by(route.device());
                return counts ? mtu.get().bytes() : ofLink(route.device());
            }
        }
        return NONE;
    }

    private static String by(Optional<String> device) {
        return device.isPresent() ? " by " + device.get() : "";
    }

    private int ofLink(Optional<String> name) {
        // By now the route to an endpoint may lead into the tunnel itself: that MTU does not count.
        boolean itself = name.equals(Optional.of(builder.tunnel().link().text()));
        Optional<HostLink> link = itself ? Optional.empty() : name.flatMap(builder.snapshot()::link);
        return link.isPresent() ? link.get().mtu() : NONE;
    }
}
