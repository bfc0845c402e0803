// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.key.PublicKey;
import io.wgj.netlink.route.Route;

/// A route that the monitor has withdrawn because its peer is down.
///
/// @param peer the peer's [#fingerprint]
/// @param route as it was before, and as it will be again
public record WithdrawnRoute(long peer, Route route) {
    /// The number that stands for a peer in journals.
    public static long fingerprint(PublicKey peer) {
        return Fingerprint.of("routes " + peer.toBase64());
    }

    /// Where the route was.
    public RoutePlace place() {
        return RoutePlace.of(route);
    }
}
