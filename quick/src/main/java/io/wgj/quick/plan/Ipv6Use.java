// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.RouteTable;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Tunnel;
import java.util.List;
import java.util.Optional;

/// Finds what in a file needs IPv6 on the tunnel's link: an address, or a route into it.
final class Ipv6Use {
    private Ipv6Use() {}

    /// The first address or route of IPv6 with its place, as the subject of a sentence; empty when the link
    /// needs no IPv6.
    static Optional<String> first(PlanBuilder builder) throws PlanException {
        for (Located<IpPrefix> address : builder.tunnel().section().addresses()) {
            if (address.value().family() == IpFamily.V6) {
                return Optional.of("Address " + address.value().text() + " (" + address.place() + ")");
            }
        }
        if (!(builder.tunnel().section().table() instanceof RouteTable.Off)) {
            for (IpPrefix prefix : builder.device().allowedIps()) {
                if (prefix.family() == IpFamily.V6) {
                    return Optional.of("AllowedIPs " + prefix.text() + placeOf(builder.tunnel(), prefix));
                }
            }
        }
        return routeInto(builder);
    }

    /// The place of the peer that has this prefix; empty when the file has none.
    private static String placeOf(Tunnel tunnel, IpPrefix prefix) {
        for (PeerSection peer : tunnel.file().peers()) {
            for (AllowedIpUpdate entry : peer.settings().allowedIps()) {
                if (entry.prefix().masked().equals(prefix.masked())) {
                    return " (of the peer at " + peer.place() + ")";
                }
            }
        }
        return "";
    }

    private static Optional<String> routeInto(PlanBuilder builder) throws PlanException {
        String link = builder.tunnel().link().text();
        for (Located<List<String>> words : builder.tunnel().section().routes()) {
            Route route = FileRoutes.route(builder, words);
            if (route.family() == IpFamily.V6
                    && route.device().isPresent()
                    && route.device().get().equals(link)) {
                return Optional.of("Route " + route.destination().text() + " (" + words.place() + ")");
            }
        }
        return Optional.empty();
    }
}
