// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.run.OwnRouting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a route or rule of a tunnel counts as removed by something else.
class RemovalServiceTest {
    private static final InterfaceName WG0 = InterfaceName.parse("wg0").orElseThrow();

    private final MemoryContext context = new MemoryContext();
    private final Memory routes = new Memory();
    private final RemovalService service = new RemovalService(routes, context, new DirectExecutor());

    /// Journals and routes in memory.
    private static final class Memory implements OwnRoutes {
        private List<Route> missing = List.of();
        private List<PolicyRule> missingRules = List.of();
        private boolean isBusy;
        private int looks;

        @Override
        public OwnRouting.Look look() throws IOException {
            looks++;
            return isBusy
                    ? new OwnRouting.Look(List.of(), true)
                    : new OwnRouting.Look(List.of(new OwnRouting.Missing(WG0, 7, missing, missingRules)), false);
        }

        @Override
        public String text(Route route) {
            return route.destination().text();
        }

        @Override
        public String text(PolicyRule rule) {
            return "a rule";
        }
    }

    private static Route route(String network) {
        String address = network.substring(0, network.indexOf('/'));
        return Route.onLink(
                new IpPrefix(IpAddress.parse(address).orElseThrow(), 16), "wg0", TableNames.MAIN, Route.PROTOCOL_WGJ);
    }

    /// The look at the start.
    private void begin() {
        context.pass(5 * SECOND);
        assertThat(routes.looks).isEqualTo(1);
    }

    private void removed() {
        service.ownRoutingRemoved();
        context.pass(5 * SECOND);
    }

    @Test
    void reportsOnceWhatIsMissingTwice() {
        begin();
        routes.missing = List.of(route("10.1.0.0/16"));
        service.ownRoutingRemoved();
        context.pass(SECOND);
        assertThat(context.reports).isEmpty();
        context.pass(SECOND);
        assertThat(context.reports).containsExactly("route-removed wg0: 10.1.0.0/16");
        removed();
        assertThat(context.reports).hasSize(1);

        routes.missing = List.of();
        removed();
        routes.missing = List.of(route("10.1.0.0/16"));
        removed();
        assertThat(context.reports).as("it was back in between").hasSize(2);
    }

    @Test
    void reportsRules() throws Exception {
        begin();
        routes.missingRules = List.of(IpRuleSyntax.parse(
                List.of("fwmark", "0x5151", "priority", "4999", "table", "11"), TableNames.STANDARD));
        removed();

        assertThat(context.reports).containsExactly("rule-removed wg0: a rule");
    }

    @Test
    void whatIsMissingAtTheStartIsNoNews() {
        routes.missing = List.of(route("10.1.0.0/16"));
        begin();
        removed();
        assertThat(context.reports).isEmpty();

        routes.missing = List.of(route("10.1.0.0/16"), route("10.2.0.0/16"));
        removed();
        assertThat(context.reports).containsExactly("route-removed wg0: 10.2.0.0/16");
    }

    /// A reload takes a route away and puts another in its place.
    @Test
    void whatIsMissingForAMomentIsNoNews() {
        begin();
        routes.missing = List.of(route("10.1.0.0/16"));
        service.ownRoutingRemoved();
        context.pass(SECOND);
        routes.missing = List.of();
        context.pass(100 * SECOND);

        assertThat(context.reports).isEmpty();
        assertThat(routes.looks).isEqualTo(3);
    }

    @Test
    void waitsForTheEndOfARun() {
        begin();
        routes.isBusy = true;
        service.ownRoutingRemoved();
        context.pass(10 * SECOND);
        assertThat(routes.looks).isBetween(9, 12);
        routes.isBusy = false;
        context.pass(10 * SECOND);

        assertThat(routes.looks).isBetween(10, 13);
        assertThat(context.reports).isEmpty();
    }

    @Test
    void manyRoutesAreFewLines() {
        begin();
        List<Route> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(route("10." + i + ".0.0/16"));
        }
        routes.missing = many;
        removed();

        assertThat(context.reports)
                .hasSize(21)
                .last()
                .isEqualTo("message wg0: 180 more routes and rules were removed, too");
    }
}
