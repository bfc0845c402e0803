// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.Located;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Prefixes;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.UpLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The routes into a link that `up` finds there and that its file does not explain.
public final class EarlierRoutes {
    private EarlierRoutes() {}

    /// Those of the main table, but for the kernel's of the file's addresses.
    public static List<Route> of(Tunnel tunnel, UpLink link) {
        Set<NetworkPrefix> networks = networks(tunnel);
        List<Route> earlier = new ArrayList<>();
        for (Route route : link.routes()) {
            if (!isOfAddress(route, networks)) {
                earlier.add(route);
            }
        }
        return earlier;
    }

    /// The networks of the file's addresses.
    static Set<NetworkPrefix> networks(Tunnel tunnel) {
        Set<NetworkPrefix> networks = new HashSet<>();
        for (Located<IpPrefix> address : tunnel.section().addresses()) {
            networks.add(Prefixes.toNetlink(address.value().masked()));
        }
        return networks;
    }

    /// Whether the kernel made the route for an address in one of these networks.
    static boolean isOfAddress(Route route, Set<NetworkPrefix> networks) {
        return route.protocol() == Route.PROTOCOL_KERNEL && networks.contains(route.destination());
    }
}
