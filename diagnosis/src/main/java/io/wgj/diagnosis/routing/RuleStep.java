// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import java.util.Optional;

/// A rule that matched the packet, and what came of it.
///
/// @param rule that matched
/// @param outcome what came of it
/// @param route what its table had; empty when nothing
/// @param text a clause for people: `nothing matches there`
public record RuleStep(PolicyRule rule, Outcome outcome, Optional<FibRoute> route, String text) {
    /// What a rule that matched led to.
    public enum Outcome {
        /// It decided.
        DECIDED,
        /// It, or a route of its table, refused the packet.
        REFUSED,
        /// Its table has no route for the packet.
        NOTHING,
        /// Its table has a route that the rule does not accept.
        SUPPRESSED,
        /// It leads on to another rule.
        JUMPED
    }
}
