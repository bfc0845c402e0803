// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.underlay;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import io.wgj.netlink.route.RouteQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When a missing route makes a peer down.
class UnderlayServiceTest {
    private static final String NO_ROUTE = "no route 1: no route to 203.0.113.9: Network is unreachable";

    private final MemoryContext context = new MemoryContext();
    private final Memory routes = new Memory();
    private final UnderlayService service = new UnderlayService(routes, context, new DirectExecutor());
    private final PeerView peer = context.peer(1, "Endpoint = 203.0.113.9:7", PeerState.UP, Verdict.UP);

    /// Routes in memory.
    private static final class Memory implements EndpointRoutes {
        private final List<List<RouteQuery>> asked = new ArrayList<>();
        private Set<String> away = Set.of();
        private Set<Integer> ports = Set.of(51820);
        private String failure = "";

        @Override
        public List<Optional<String>> refusals(List<RouteQuery> queries) throws IOException {
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
            asked.add(queries);
            List<Optional<String>> refusals = new ArrayList<>();
            for (RouteQuery query : queries) {
                String address = query.destination().text();
                refusals.add(
                        away.contains(address)
                                ? Optional.of("no route to " + address + ": Network is unreachable")
                                : Optional.empty());
            }
            return refusals;
        }

        @Override
        public Set<Integer> udpPorts() {
            return ports;
        }
    }

    @Test
    void asksAsWireGuardDoes() {
        context.show(service, peer);
        context.pass(10 * SECOND);

        assertThat(routes.asked).hasSize(1);
        RouteQuery query = routes.asked.getFirst().getFirst();
        assertThat(query.destination().text()).isEqualTo("203.0.113.9");
        assertThat(query.udp()).contains(new RouteQuery.UdpPorts(51820, 7));
        assertThat(context.reports).isEmpty();
    }

    @Test
    void aRouteThatIsMissingTwiceIsReportedAndSoIsItsReturn() {
        context.show(service, peer);
        context.pass(10 * SECOND);
        routes.away = Set.of("203.0.113.9");
        service.routingChanged();
        context.pass(SECOND);
        assertThat(context.reports).isEmpty();
        context.pass(SECOND);
        assertThat(context.reports).containsExactly(NO_ROUTE);

        service.routingChanged();
        context.pass(100 * SECOND);
        assertThat(context.reports).hasSize(1);

        routes.away = Set.of();
        service.routingChanged();
        context.pass(2 * SECOND);
        assertThat(context.reports).containsExactly(NO_ROUTE, "route 1");
        assertThat(context.sampledSoon).containsExactly(peer.id());
    }

    @Test
    void aRouteThatIsGoneForAMomentIsNoNews() {
        context.show(service, peer);
        context.pass(10 * SECOND);
        routes.away = Set.of("203.0.113.9");
        service.routingChanged();
        context.pass(SECOND / 2);
        routes.away = Set.of();
        service.routingChanged();
        context.pass(100 * SECOND);

        assertThat(context.reports).isEmpty();
    }

    /// A full routing table that changes all the time.
    @Test
    void asksOnceASecondAtMostForEachEndpointOnce() {
        List<PeerView> many = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            many.add(context.peer(i, "Endpoint = 203.0.113." + i % 10 + ":7", PeerState.UP, Verdict.UP));
        }
        context.showAll(service, many);
        for (int i = 0; i < 100; i++) {
            service.routingChanged();
            context.pass(SECOND / 10);
        }

        assertThat(routes.asked).hasSizeBetween(8, 12).allMatch(queries -> queries.size() == 10);
    }

    /// An interface that was moved here sends from the namespace where it was made.
    @Test
    void saysNothingOfAnInterfaceWhosePortIsBoundElsewhere() {
        routes.away = Set.of("203.0.113.9");
        routes.ports = Set.of(53);
        context.show(service, peer);
        service.routingChanged();
        context.pass(100 * SECOND);

        assertThat(context.reports).isEmpty();
    }

    @Test
    void anotherEndpointIsAskedForAnew() {
        routes.away = Set.of("203.0.113.9");
        context.show(service, peer);
        context.pass(10 * SECOND);
        assertThat(context.reports).containsExactly(NO_ROUTE);
        context.show(service, MemoryContext.at(peer, "192.0.2.1", 7));
        context.pass(10 * SECOND);

        assertThat(context.reports).containsExactly(NO_ROUTE, "route 1");
    }

    @Test
    void aPeerWithoutAnEndpointOrGoneIsNotAskedFor() {
        context.show(service, context.peer(2, "AllowedIPs = 10.0.0.0/8", PeerState.UP, Verdict.UP));
        context.show(service, peer);
        context.remove(service, peer.id());
        service.routingChanged();
        context.pass(10 * SECOND);

        assertThat(routes.asked).isEmpty();
    }

    @Test
    void saysOnceThatTheKernelCannotBeAsked() {
        routes.failure = "no buffer space";
        context.show(service, peer);
        for (int i = 0; i < 10; i++) {
            service.routingChanged();
            context.pass(SECOND);
        }

        assertThat(context.reports)
                .containsExactly("message wg0: the routes to endpoints cannot be looked up: no buffer space");
    }
}
