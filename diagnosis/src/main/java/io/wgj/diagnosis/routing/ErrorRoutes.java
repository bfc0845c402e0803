// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.FibRoute;

/// The routes that refuse packets.
final class ErrorRoutes {
    private ErrorRoutes() {}

    /// Whether the search ends at this route without a way: an error, or a `throw` that leads to the next rule.
    static boolean isError(FibRoute route) {
        return route.type().needsNoDevice();
    }

    /// Throws the route's error; returns for a `throw` route, which lets the rules go on.
    static void refuse(FibRoute route) throws RefusedException {
        String text = route.text() + " in table " + Wording.table(route.table());
        switch (route.type()) {
            case BLACKHOLE -> throw new RefusedException(RouteError.EINVAL, Refusal.Reason.ROUTE, text);
            case UNREACHABLE -> throw new RefusedException(RouteError.EHOSTUNREACH, Refusal.Reason.ROUTE, text);
            case PROHIBIT -> throw new RefusedException(RouteError.EACCES, Refusal.Reason.ROUTE, text);
            default -> {}
        }
    }
}
