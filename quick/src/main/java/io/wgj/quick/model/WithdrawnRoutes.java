// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.netlink.route.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The withdrawn routes that a reload leaves withdrawn. Remembers which of them the file still wants.
public final class WithdrawnRoutes {
    private final Map<RoutePlace, WithdrawnRoute> routes = new HashMap<>();
    private final Set<RoutePlace> wanted = new HashSet<>();

    public WithdrawnRoutes(List<WithdrawnRoute> routes) {
        for (WithdrawnRoute route : routes) {
            this.routes.put(route.place(), route);
        }
    }

    /// No route is withdrawn.
    public static WithdrawnRoutes none() {
        return new WithdrawnRoutes(List.of());
    }

    /// Whether the file's route stays withdrawn. A route that does something else than the withdrawn one is a
    /// new route.
    public boolean leaves(Route route) {
        RoutePlace place = RoutePlace.of(route);
        WithdrawnRoute withdrawn = routes.get(place);
        boolean leaves = withdrawn != null && RoutePlace.sameEffect(withdrawn.route(), route);
        if (leaves) {
            wanted.add(place);
        }
        return leaves;
    }

    /// The routes that the file still wants, as far as it was asked for.
    public List<WithdrawnRoute> wanted() {
        List<WithdrawnRoute> still = new ArrayList<>();
        for (WithdrawnRoute route : routes.values()) {
            if (wanted.contains(route.place())) {
                still.add(route);
            }
        }
        return still;
    }
}
