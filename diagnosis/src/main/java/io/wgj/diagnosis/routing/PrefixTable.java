// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.FibRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The routes of one table and family, found by an address. Routes of one destination are in the order in which
/// the kernel tries them.
final class PrefixTable {
    /// IPv4 tries higher types of service first, then lower metrics, then the order of the dump.
    static final Comparator<FibRoute> IPV4_ORDER = Comparator.comparingInt(FibRoute::typeOfService)
            .reversed()
            .thenComparing((one, other) -> Integer.compareUnsigned(one.metric(), other.metric()));

    static final Comparator<FibRoute> IPV6_ORDER =
            (one, other) -> Integer.compareUnsigned(one.metric(), other.metric());

    private static final PrefixTable EMPTY = new PrefixTable(List.of(), IPV4_ORDER);

    private final List<FibRoute> routes;
    private final TreeMap<Integer, Map<IpAddress, List<FibRoute>>> byLength =
            new TreeMap<>(Comparator.<Integer>naturalOrder().reversed());

    PrefixTable(List<FibRoute> routes, Comparator<FibRoute> order) {
        this.routes = routes;
        for (FibRoute route : routes) {
            byLength.computeIfAbsent(route.destination().length(), length -> new HashMap<>())
                    .computeIfAbsent(route.destination().address(), address -> new ArrayList<>(1))
                    .add(route);
        }
        for (Map<IpAddress, List<FibRoute>> ofLength : byLength.values()) {
            for (List<FibRoute> ofDestination : ofLength.values()) {
                ofDestination.sort(order);
            }
        }
    }

    static PrefixTable empty() {
        return EMPTY;
    }

    /// All routes, in the order of the dump.
    List<FibRoute> routes() {
        return routes;
    }

    /// The default routes, in the order in which the kernel tries them.
    List<FibRoute> defaults() {
        Map<IpAddress, List<FibRoute>> ofLength = byLength.getOrDefault(0, Map.of());
        return ofLength.isEmpty() ? List.of() : ofLength.values().iterator().next();
    }

    /// The routes of each destination that covers `address`, the longest destination first.
    List<List<FibRoute>> covering(IpAddress address) {
        List<List<FibRoute>> found = new ArrayList<>();
        for (Map.Entry<Integer, Map<IpAddress, List<FibRoute>>> ofLength : byLength.entrySet()) {
            List<FibRoute> ofDestination = ofLength.getValue().get(address.masked(ofLength.getKey()));
            if (ofDestination != null) {
                found.add(ofDestination);
            }
        }
        return found;
    }
}
