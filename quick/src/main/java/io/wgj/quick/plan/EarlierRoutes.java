// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.UpLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The routes into a link that `up` finds there and that its file does not account for.
public final class EarlierRoutes {
    private static final int FIRST_BYTE = 24;

    private EarlierRoutes() {}

    /// The routes of the main table, except for those that the kernel adds for the file's addresses.
    public static List<Route> of(Tunnel tunnel, UpLink link) {
        Set<IpPrefix> networks = networks(tunnel);
        List<Route> earlier = new ArrayList<>();
        for (Route route : link.routes()) {
            if (!isOfAddress(route, networks)) {
                earlier.add(route);
            }
        }
        return earlier;
    }

    /// The networks of the file's addresses.
    static Set<IpPrefix> networks(Tunnel tunnel) {
        Set<IpPrefix> networks = new HashSet<>();
        for (Located<IpPrefix> address : tunnel.section().addresses()) {
            networks.add(address.value().masked());
        }
        return networks;
    }

    /// The network that the kernel routes in the main table while a link with the address is up. Empty for a
    /// lone IPv4 address and for networks in 0.0.0.0/8 (`fib_add_ifaddr`).
    static Optional<IpPrefix> connected(IpPrefix address) {
        IpPrefix network = address.masked();
        boolean added = network.family() == IpFamily.V6
                || network.length() < IpFamily.V4.bits() && network.address().low() >>> FIRST_BYTE != 0;
        return added ? Optional.of(network) : Optional.empty();
    }

    /// Whether the kernel made the route for an address in one of these networks.
    static boolean isOfAddress(Route route, Set<IpPrefix> networks) {
        return route.protocol() == Route.PROTOCOL_KERNEL && networks.contains(route.destination());
    }
}
