// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import static io.wgj.monitor.model.MemoryContext.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.DirectExecutor;
import io.wgj.monitor.model.MemoryContext;
import io.wgj.monitor.model.PeerView;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.RoutesOfPeer.Mode;
import io.wgj.quick.run.PeerRouteRun;
import io.wgj.quick.run.RunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When routes follow their peers.
class RouteServiceTest {
    private static final String RULE = "AllowedIPs = 10.1.0.0/16; WithdrawRoutesAfter = 60s";

    private final MemoryContext context = new MemoryContext();
    private final DirectExecutor worker = new DirectExecutor();
    private final Memory routes = new Memory();
    private final RouteService service = new RouteService(routes, context, worker);

    /// Routes in memory that remember each run's modes, by the peers' numbers.
    private static final class Memory implements PeerRoutes {
        private final List<String> runs = new ArrayList<>();
        private final Map<PublicKey, Boolean> away = new HashMap<>();
        private PeerRouteRun.Outcome outcome = PeerRouteRun.Outcome.DONE;
        private List<String> remarks = List.of();
        private String failure = "";
        private Object stamp = 1;

        @Override
        public PeerRouteRun.Result bring(InterfaceName link, int linkIndex, List<RoutesOfPeer> peers)
                throws RunException {
            StringBuilder modes = new StringBuilder();
            Map<PublicKey, List<Route>> withdrawn = new HashMap<>();
            Map<PublicKey, List<Route>> restored = new HashMap<>();
            for (RoutesOfPeer peer : peers) {
                modes.append(modes.isEmpty() ? "" : " ").append(peer.mode());
                boolean was = away.getOrDefault(peer.peer(), false);
                boolean is = peer.mode().withdraws() || peer.mode() == Mode.UNCHANGED && was;
                List<Route> list = new ArrayList<>();
                peer.allowedIps().forEach(prefix -> list.add(Route.onLink(prefix, "wg0", TableNames.MAIN, 87)));
                if (outcome == PeerRouteRun.Outcome.DONE && failure.isEmpty() && is != was) {
                    (is ? withdrawn : restored).put(peer.peer(), list);
                    away.put(peer.peer(), is);
                }
            }
            runs.add(modes.toString());
            if (!failure.isEmpty()) {
                throw new RunException(1, failure);
            }
            return new PeerRouteRun.Result(outcome, withdrawn, restored, remarks);
        }

        @Override
        public Object journalStamp(InterfaceName link) {
            return stamp;
        }
    }

    private PeerView up(int number, String lines) {
        return context.peer(number, lines, PeerState.UP, Verdict.UP);
    }

    private PeerView down(PeerView peer) {
        return context.with(peer, PeerState.DOWN, Verdict.DOWN, 9);
    }

    @Test
    void routesGoAfterSoMuchTimeInDownAndReturnWithThePeer() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        assertThat(routes.runs).containsExactly("PRESENT");
        context.pass(24 * SECOND);
        PeerView down = down(peer);
        context.show(service, down);
        context.pass(60 * SECOND - 1);
        assertThat(context.reports).isEmpty();
        context.pass(1);
        assertThat(context.reports).containsExactly("routes-withdrawn 1: 10.1.0.0/16");
        context.pass(1_000 * SECOND);
        assertThat(routes.runs).containsExactly("PRESENT", "UNCHANGED", "REMOVED");
        context.show(service, context.with(down, PeerState.UP, Verdict.UP, 0));
        assertThat(context.reports).last().isEqualTo("routes-restored 1: 10.1.0.0/16");
        context.pass(1_000 * SECOND);
        assertThat(routes.runs).hasSize(4);
    }

    @Test
    void theTimeCountsFromTheVerdict() {
        PeerView peer =
                up(1, "AllowedIPs = 10.1.0.0/16, fd01::/16; WithdrawRoutesAfter = 5s; WithdrawRoutes = blackhole");
        context.show(service, peer);
        context.pass(24 * SECOND);
        context.show(service, down(peer));
        assertThat(routes.runs).containsExactly("PRESENT", "UNCHANGED");
        context.pass(5 * SECOND);
        assertThat(routes.runs).containsExactly("PRESENT", "UNCHANGED", "UNREACHABLE");
        assertThat(context.reports).containsExactly("routes-withdrawn 1: 10.1.0.0/16, fd01::/16");
    }

    /// A link that works in one direction: the peer is heard all the time while its verdict is down.
    @Test
    void whatIsHeardMeanwhileDoesNotPutItOff() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.pass(50 * SECOND);
        context.show(service, down(peer));
        context.pass(10 * SECOND);
        assertThat(context.reports).containsExactly("routes-withdrawn 1: 10.1.0.0/16");
    }

    /// A peer that is removed and added again is idle, but its verdict stays.
    @Test
    void anotherStateWithTheSameVerdictDoesNotPutItOff() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.pass(50 * SECOND);
        context.show(service, context.with(peer, PeerState.CONNECTING, Verdict.DOWN, 0));
        context.pass(10 * SECOND);
        assertThat(context.reports).containsExactly("routes-withdrawn 1: 10.1.0.0/16");
    }

    @Test
    void theTimeStartsAnewWithEachVerdict() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.pass(50 * SECOND);
        context.show(service, context.with(peer, PeerState.UP, Verdict.UP, 0));
        context.show(service, down(peer));
        context.pass(50 * SECOND);
        assertThat(context.reports).isEmpty();
        context.pass(10 * SECOND);
        assertThat(context.reports).hasSize(1);
    }

    /// A new monitor does not know what an earlier one did; the journal does.
    @Test
    void aPeerThatIsNotUpAfterARestartKeepsItsRoutesWhereTheyAre() {
        routes.away.put(MemoryContext.key(1), true);
        PeerView peer = context.peer(1, RULE, PeerState.QUIET, Verdict.UNKNOWN);
        context.show(service, peer);
        context.pass(1_000 * SECOND);
        assertThat(routes.runs).containsExactly("UNCHANGED");
        context.show(service, context.with(peer, PeerState.UP, Verdict.UP, 0));
        assertThat(context.reports).containsExactly("routes-restored 1: 10.1.0.0/16");
    }

    @Test
    void routesReturnWhenTheFileHasNoRuleAnyMore() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.pass(60 * SECOND);
        context.show(service, down(context.peer(1, "AllowedIPs = 10.1.0.0/16", PeerState.DOWN, Verdict.DOWN)));
        assertThat(context.reports)
                .containsExactly("routes-withdrawn 1: 10.1.0.0/16", "routes-restored 1: 10.1.0.0/16");
    }

    /// Which peer a route leads to is found among all peers of a sample.
    @Test
    void runsOnceForAllPeersOfASample() {
        PeerView second = up(2, "AllowedIPs = 10.2.0.0/16");
        context.showAll(service, List.of(up(1, RULE), second, up(3, RULE.replace("10.1", "10.3"))));
        assertThat(routes.runs).containsExactly("PRESENT PRESENT PRESENT");
        context.show(service, down(second));
        assertThat(routes.runs).hasSize(1);
    }

    @Test
    void triesAgainWhileAnotherRunHasTheLock() {
        routes.outcome = PeerRouteRun.Outcome.BUSY;
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.pass(60 * SECOND);
        int before = routes.runs.size();
        context.pass(5 * SECOND);
        assertThat(routes.runs).hasSizeBetween(before + 4, before + 6);
        assertThat(context.reports).isEmpty();
        routes.outcome = PeerRouteRun.Outcome.DONE;
        context.pass(SECOND);
        assertThat(context.reports).containsExactly("routes-withdrawn 1: 10.1.0.0/16");
    }

    @Test
    void saysOnceWhatDoesNotWorkAndTriesAgain() {
        routes.failure = "no space left";
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.pass(100 * SECOND);
        assertThat(context.reports).containsExactly("message wg0: the routes could not be changed: no space left");
        assertThat(routes.runs).hasSize(4);
        routes.failure = "";
        routes.outcome = PeerRouteRun.Outcome.NO_JOURNAL;
        context.pass(30 * SECOND);
        assertThat(context.reports).hasSize(1);
        context.show(service, down(peer));
        context.pass(100 * SECOND);
        assertThat(context.reports).hasSize(2).last().asString().contains("keeps no journal", "`wgj-quick reload wg0'");
    }

    /// The peer comes back while its routes are being withdrawn.
    @Test
    void aChangeDuringARunStartsAnother() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        worker.hold();
        context.pass(60 * SECOND);
        context.show(service, context.with(peer, PeerState.UP, Verdict.UP, 0));
        assertThat(context.reports).isEmpty();
        worker.release();
        context.pass(0);
        assertThat(context.reports)
                .containsExactly("routes-withdrawn 1: 10.1.0.0/16", "routes-restored 1: 10.1.0.0/16");
    }

    /// A reload has added a route to a peer that is down.
    @Test
    void looksAgainWhenTheJournalOfAWithdrawnPeerChanges() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        service.routingChanged();
        context.pass(5 * SECOND);
        assertThat(routes.runs).hasSize(1);
        context.show(service, down(peer));
        context.pass(60 * SECOND);
        int before = routes.runs.size();
        service.routingChanged();
        context.pass(5 * SECOND);
        assertThat(routes.runs).hasSize(before);
        routes.stamp = 2;
        service.routingChanged();
        service.routingChanged();
        context.pass(5 * SECOND);
        assertThat(routes.runs).hasSize(before + 1).last().isEqualTo("REMOVED");
    }

    @Test
    void aPeerThatIsGoneIsForgotten() {
        PeerView peer = up(1, RULE);
        context.show(service, peer);
        context.show(service, down(peer));
        context.remove(service, peer.id());
        context.pass(100 * SECOND);
        assertThat(routes.runs).containsExactly("PRESENT", "UNCHANGED");
        service.close();
        assertThat(worker.isShutdown()).isTrue();
    }
}
