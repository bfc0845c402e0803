// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Located;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.explain.PlannedHost;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;

/// Looks up the way of encrypted packets as `wgj explain` does: the networks and routes of a file are laid over
/// the routes of the host.
final class EndpointLookup {
    private static final HostSnapshot EMPTY = new HostSnapshot(List.of(), HostSnapshot.USUAL_RULES, List.of());
    private static final InterfaceName NAMELESS =
            InterfaceName.parse("this-file").orElseThrow();

    private EndpointLookup() {}

    /// Whether packets to an endpoint may be routed into the tunnel of a file.
    ///
    /// @param networks of the main table that lead into the tunnel
    static boolean leadsIntoTunnel(
            CheckedFile file, HostFacts host, Endpoint.Numeric endpoint, List<Located<IpPrefix>> networks) {
        InterfaceName link = file.link().orElse(NAMELESS);
        List<Step> steps = new ArrayList<>();
        for (Located<List<String>> words : file.section().routes()) {
            RouteCheck.route(file, host, words).ifPresent(route -> steps.add(new Step.AddRoute(route)));
        }
        for (Located<IpPrefix> network : networks) {
            if (!RouteCheck.isOnly(network.value(), endpoint.address())) {
                steps.add(new Step.AddRoute(
                        Route.onLink(network.value().masked(), link.text(), TableNames.MAIN, Route.PROTOCOL_BOOT)));
            }
        }
        HostSnapshot planned = PlannedHost.after(host.routing().orElse(EMPTY), link.text(), steps);
        return new RouteLookup(planned)
                .find(FlowQuestion.ciphertext(endpoint.address(), endpoint.port(), 0, 0))
                .mayLeaveBy(link.text());
    }
}
