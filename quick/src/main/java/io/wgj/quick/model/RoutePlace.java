// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import java.util.OptionalInt;

/// The place of a route: no table has two routes to one destination with one metric.
///
/// @param metric unsigned; the kernel's default where the route names none
public record RoutePlace(IpPrefix destination, int table, long metric) {
    private static final int IPV6_DEFAULT_METRIC = 1024;

    /// The place of `route`.
    public static RoutePlace of(Route route) {
        return new RoutePlace(route.destination(), route.table(), metric(route));
    }

    private static long metric(Route route) {
        return Integer.toUnsignedLong(route.metric().orElse(route.family() == IpFamily.V6 ? IPV6_DEFAULT_METRIC : 0));
    }

    /// Whether two routes to the same destination do the same; their protocols do not matter.
    public static boolean sameEffect(Route left, Route right) {
        return plain(left).equals(plain(right));
    }

    private static Route plain(Route route) {
        return new Route(
                route.type(),
                route.destination(),
                route.gateway(),
                route.device(),
                route.preferredSource(),
                route.table(),
                OptionalInt.of((int) metric(route)),
                route.mtu(),
                route.options(),
                route.scope(),
                0,
                route.onLink(),
                route.nextHops());
    }
}
