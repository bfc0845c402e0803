// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A route that a table gave, with the next hops that the kernel may take.
///
/// @param rule that led to the table; null while it is not known, and where no rule was asked
/// @param hops the first is the one that this model would take; at least one
record Match(@Nullable PolicyRule rule, FibRoute route, List<FibNextHop> hops) {
    Match by(PolicyRule decider) {
        return new Match(decider, route, hops);
    }
}
