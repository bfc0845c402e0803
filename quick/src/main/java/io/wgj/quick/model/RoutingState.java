// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import java.util.List;
import java.util.Optional;

/// The part of the host's state that shows whether steps are still in effect.
///
/// @param link the tunnel's, with its addresses; empty when there is none
/// @param routes of all tables and both families
/// @param rules of both families
public record RoutingState(
        Optional<HostLink> link, List<Route> routes, List<PolicyRule> rules, SrcValidMark srcValidMark) {
    public RoutingState {
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
    }
}
