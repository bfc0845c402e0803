// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What few routes say.
///
/// @param typeOfService of the packets it is for; 0 for any
/// @param realms the source realm in the upper 16 bits, the destination's in the lower ones; 0 for none
/// @param preference of an IPv6 router: 0 medium, 1 high, 3 low
/// @param metrics what TCP and the like shall assume about the way (`RTAX_…`), without the MTU, by their numbers
/// @param congestionControl the name of TCP's algorithm; empty for the system's
public record RouteOptions(
        int typeOfService, int realms, int preference, List<Metric> metrics, Optional<String> congestionControl) {
    /// What nearly all routes have.
    public static final RouteOptions NONE = new RouteOptions(0, 0, 0, List.of(), Optional.empty());

    /// @param number `RTAX_…` (linux/rtnetlink.h)
    /// @param value 32 bits unsigned, in the kernel's unit
    /// @param locked whether the kernel may not learn another one
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

    /// The same with a metric in its place by number; the last one of a number counts.
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
