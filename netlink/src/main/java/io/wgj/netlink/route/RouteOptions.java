// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attributes that few routes have.
///
/// @param typeOfService of the packets that it matches; 0 for any
/// @param realms the source realm in the upper 16 bits, the destination's in the lower ones; 0 for none
/// @param preference of an IPv6 router: 0 medium, 1 high, 3 low
/// @param metrics the `RTAX_…` values except the MTU, which TCP and others assume about the path, by number
/// @param congestionControl the name of TCP's algorithm; empty for the system's
public record RouteOptions(
        int typeOfService, int realms, int preference, List<Metric> metrics, Optional<String> congestionControl) {
    /// The value of nearly all routes.
    public static final RouteOptions NONE = new RouteOptions(0, 0, 0, List.of(), Optional.empty());

    /// @param number `RTAX_…` (linux/rtnetlink.h)
    /// @param value 32 bits unsigned, in the kernel's unit
    /// @param locked whether the kernel must keep the value
    public record Metric(int number, int value, boolean locked) {}

    public RouteOptions {
        metrics = List.copyOf(metrics);
    }

    RouteOptions withTypeOfService(int value) {
        return new RouteOptions(value, realms, preference, metrics, congestionControl);
    }

    RouteOptions withRealms(int value) {
        return new RouteOptions(typeOfService, value, preference, metrics, congestionControl);
    }

    RouteOptions withPreference(int value) {
        return new RouteOptions(typeOfService, realms, value, metrics, congestionControl);
    }

    RouteOptions withCongestionControl(String name) {
        return new RouteOptions(typeOfService, realms, preference, metrics, Optional.of(name));
    }

    /// The same with a metric added in the order of numbers; it replaces a metric of the same number.
    RouteOptions with(Metric metric) {
        List<Metric> all = new ArrayList<>(metrics);
        all.removeIf(other -> other.number() == metric.number());
        int at = 0;
        while (at < all.size() && all.get(at).number() < metric.number()) {
            at++;
        }
        all.add(at, metric);
        return new RouteOptions(typeOfService, realms, preference, all, congestionControl);
    }
}
