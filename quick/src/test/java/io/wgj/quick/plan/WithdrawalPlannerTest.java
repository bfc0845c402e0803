// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.RoutesOfPeer.Mode;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which routes follow a peer, and which stay.
class WithdrawalPlannerTest {
    private static final PublicKey A = key(1);
    private static final PublicKey B = key(2);

    private final List<Step> history = new ArrayList<>();
    private final List<Route> host = new ArrayList<>();
    private final List<WithdrawnRoute> before = new ArrayList<>();

    private static PublicKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return PublicKey.of(bytes);
    }

    private static RoutesOfPeer peer(PublicKey key, Mode mode, String prefixes) {
        List<IpPrefix> allowed = new ArrayList<>();
        for (String text : prefixes.split(" ", -1)) {
            allowed.add(Samples.prefix(text));
        }
        return new RoutesOfPeer(key, allowed, mode);
    }

    private void up(String... routes) {
        for (String words : routes) {
            history.add(new Step.AddRoute(Samples.route(words)));
            host.add(Samples.route(words));
        }
    }

    private WithdrawalPlanner.Result plan(RoutesOfPeer... peers) {
        return WithdrawalPlanner.plan(Samples.WG0, List.of(peers), history, before, host);
    }

    /// Performs a plan in memory.
    private void perform(WithdrawalPlanner.Result plan) {
        before.addAll(plan.withdrawn());
        before.removeAll(plan.returned());
        history.addAll(plan.adopted());
        history.addAll(plan.steps());
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.AddRoute add -> host.add(add.route());
                case Step.DeleteRoute delete ->
                    assertThat(host.remove(delete.route())).isTrue();
                case Step.ReplaceRoute replace -> {
                    assertThat(host.remove(replace.before())).isTrue();
                    host.add(replace.route());
                }
                default -> throw new AssertionError(step);
            }
        }
    }

    /// Peer A is down, peer B is up. Routes of other links, of the kernel and of hooks stay.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.1.0.0/16 | 10.2.0.0/16 | 10.1.0.0/16 dev wg0 proto 87 ; 10.2.0.0/16 dev wg0 proto 87 | 10.1.0.0/16
            10.1.0.0/16 | 10.2.0.0/16 | 10.1.0.0/16 dev wg0 metric 7 proto 87 ; 10.1.0.0/16 dev eth0 metric 9 proto 87 | 10.1.0.0/16
            10.1.0.0/16 | 10.2.0.0/16 | 10.1.5.0/24 dev wg0 proto 87 | 10.1.5.0/24
            10.0.0.0/8 | 10.2.0.0/16 | 10.0.0.0/8 dev wg0 proto 87 ; 10.2.0.0/16 dev wg0 proto 87 | 10.0.0.0/8
            10.0.0.0/8 | 10.2.0.0/16 | 10.0.0.0/8 dev wg0 proto 87 | ''
            10.0.0.0/8 | 10.2.0.0/16 | 10.0.0.0/8 dev wg0 proto 87 ; 10.2.0.0/16 dev wg0 table 9 proto 87 | ''
            10.2.0.0/16 | 10.0.0.0/8 | 10.0.0.0/8 dev wg0 proto 87 ; 10.2.0.0/16 dev wg0 proto 87 | 10.2.0.0/16
            0.0.0.0/0 | 10.2.0.0/16 | default dev wg0 table 51820 proto 87 ; 10.2.0.0/16 dev wg0 proto 87 | ''
            0.0.0.0/0 | fd00::/8 | default dev wg0 table 51820 proto 87 ; -6 fd00::/8 dev wg0 proto 87 | 0.0.0.0/0
            fd00::/8 | 0.0.0.0/0 | default dev wg0 table 51820 proto 87 ; -6 fd00::/8 dev wg0 proto 87 | fd00::/8
            10.1.0.0/16 | 10.2.0.0/16 | 10.9.0.0/16 dev wg0 proto 87 | ''
            """)
    void withdrawsTheRoutesThatLeadToOnePeerAlone(String ofA, String ofB, String routes, String gone) {
        up(routes.split(" ; ", -1));
        WithdrawalPlanner.Result plan = plan(peer(A, Mode.REMOVED, ofA), peer(B, Mode.PRESENT, ofB));
        List<String> deleted = new ArrayList<>();
        for (Step.DeleteRoute delete : Step.select(plan.steps(), Step.DeleteRoute.class)) {
            assertThat(delete.route().device()).contains("wg0");
            deleted.add(delete.route().destination().text());
        }
        assertThat(deleted).isEqualTo(gone.isEmpty() ? List.of() : List.of(gone));
        assertThat(plan.steps()).hasSameSizeAs(deleted);
        assertThat(plan.withdrawn()).hasSameSizeAs(deleted);
    }

    @ParameterizedTest
    @CsvSource({"REMOVED", "UNREACHABLE"})
    void everyRouteReturns(Mode mode) {
        up(
                "10.1.0.0/16 dev wg0 proto 87",
                "10.1.0.0/16 dev wg0 metric 5 table 9 proto 87",
                "-6 fd01::/16 dev wg0 proto 87");
        List<Route> all = List.copyOf(host);
        perform(plan(peer(A, mode, "10.1.0.0/16 fd01::/16")));
        assertThat(host).hasSize(mode == Mode.REMOVED ? 0 : 3).doesNotContainAnyElementsOf(all);
        assertThat(before).hasSize(3);
        assertThat(plan(peer(A, mode, "10.1.0.0/16 fd01::/16")).isEmpty()).isTrue();
        perform(plan(peer(A, Mode.PRESENT, "10.1.0.0/16 fd01::/16")));
        assertThat(host).containsExactlyInAnyOrderElementsOf(all);
        assertThat(before).isEmpty();
        assertThat(plan(peer(A, Mode.PRESENT, "10.1.0.0/16 fd01::/16")).isEmpty())
                .isTrue();
    }

    /// A changed file: `WithdrawRoutes` came or went while the routes are withdrawn.
    @Test
    void changesBetweenTheTwoWaysToWithdraw() {
        up("10.1.0.0/16 dev wg0 proto 87");
        Route route = host.getFirst();
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        perform(plan(peer(A, Mode.UNREACHABLE, "10.1.0.0/16")));
        assertThat(host).containsExactly(WithdrawalPlanner.standIn(route));
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        assertThat(host).isEmpty();
        perform(plan(peer(A, Mode.PRESENT, "10.1.0.0/16")));
        assertThat(host).containsExactly(route);
    }

    @Test
    void leavesARouteThatWasDeletedOrReplacedBefore() {
        up("10.1.0.0/16 dev wg0 proto 87", "10.2.0.0/16 dev wg0 proto 87");
        host.clear();
        host.add(Samples.route("10.2.0.0/16 dev eth0"));
        assertThat(plan(peer(A, Mode.REMOVED, "10.1.0.0/16 10.2.0.0/16")).isEmpty())
                .isTrue();
    }

    @Test
    void doesNotPushAsideARouteThatTookThePlace() {
        up("10.1.0.0/16 dev wg0 proto 87");
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        host.add(Samples.route("10.1.0.0/16 dev eth0"));
        WithdrawalPlanner.Result plan = plan(peer(A, Mode.PRESENT, "10.1.0.0/16"));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.taken()).hasSize(1);
        host.clear();
        perform(plan(peer(A, Mode.PRESENT, "10.1.0.0/16")));
        assertThat(host).hasSize(1);
        assertThat(before).isEmpty();
    }

    /// The network went to a peer that is up, so its route returns at once.
    @Test
    void followsTheNewPeerOfANetwork() {
        up("10.1.0.0/16 dev wg0 proto 87");
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        perform(plan(peer(A, Mode.REMOVED, "10.7.0.0/16"), peer(B, Mode.PRESENT, "10.1.0.0/16")));
        assertThat(host).hasSize(1);
        assertThat(before).isEmpty();
    }

    @Test
    void leavesAWithdrawnRouteWithoutAPeerToTheNextReload() {
        up("10.1.0.0/16 dev wg0 proto 87");
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        assertThat(plan(peer(B, Mode.PRESENT, "10.7.0.0/16")).isEmpty()).isTrue();
    }

    /// A reload gave the route another metric or source: that one is withdrawn in its turn.
    @Test
    void withdrawsWhatAReloadPutInThePlace() {
        up("10.1.0.0/16 dev wg0 proto 87");
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        up("10.1.0.0/16 dev wg0 src 10.9.0.1 proto 87");
        Route now = host.getFirst();
        perform(plan(peer(A, Mode.REMOVED, "10.1.0.0/16")));
        assertThat(host).isEmpty();
        perform(plan(peer(A, Mode.PRESENT, "10.1.0.0/16")));
        assertThat(host).containsExactly(now);
    }
}
