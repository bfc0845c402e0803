// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.MemoryStore;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.RoutesOfPeer.Mode;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.WithdrawalPlanner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Wherever the monitor is killed while it withdraws or restores routes, `down` restores what was there before
/// `up`, and another monitor goes on.
class PeerRouteRunTest {
    private static final Tunnel TUNNEL = Samples.tunnel("[Interface]\n");
    private static final PublicKey PEER = PublicKey.of(new byte[32]);
    /// More moments than a run has.
    private static final int MOMENTS = 40;

    private static final String NETWORKS = "10.1.0.0/16 10.2.0.0/16 fd10::/32 0.0.0.0/0";

    /// A tunnel of its own in memory.
    private static final class Scene {
        private final MemorySystem system = new MemorySystem();
        private final MemoryStore store = new MemoryStore();
        private final RecordingListener listener = new RecordingListener();
        private final List<Object> beforeUp = system.state();
        private final List<Object> up;

        Scene() throws Exception {
            JournalWriter journal = store.journal();
            journal.begin("up");
            executor(journal).run(Samples.up());
            journal.end();
            up = system.state();
        }

        private PlanExecutor executor(JournalWriter journal) {
            return new PlanExecutor(system, journal, listener, new Interruption());
        }

        /// One run of the monitor.
        void follow(Mode mode) throws Exception {
            List<Route> routes = new ArrayList<>();
            for (Object route : system.routes) {
                if (route instanceof Route known) {
                    routes.add(known);
                }
            }
            List<IpPrefix> networks = new ArrayList<>();
            for (String network : NETWORKS.split(" ", -1)) {
                networks.add(Samples.prefix(network));
            }
            Journal content = store.content().orElseThrow();
            WithdrawalPlanner.Result plan = WithdrawalPlanner.plan(
                    Samples.WG0,
                    List.of(new RoutesOfPeer(PEER, networks, mode)),
                    content.history(),
                    content.withdrawn(),
                    routes);
            JournalWriter journal = store.journal();
            assertThat(PeerRouteRun.perform(journal, executor(journal), plan)).isEmpty();
        }

        /// Whether the monitor was killed at this moment of a run: before it writes, before a step or after it.
        boolean isKilled(int moment, Mode mode) throws Exception {
            int[] left = {moment / 3};
            store.appendsLeft = moment % 3 == 0 ? moment / 3 : -1;
            system.diesBefore = step -> moment % 3 == 1 && left[0]-- == 0;
            system.diesAfter = step -> moment % 3 == 2 && left[0]-- == 0;
            try {
                follow(mode);
                return false;
            } catch (MemoryStore.KilledError | MemorySystem.KilledError _) {
                return true;
            } finally {
                store.appendsLeft = -1;
                system.diesBefore = step -> false;
                system.diesAfter = step -> false;
            }
        }

        void down() throws Exception {
            Journal content = store.content().orElseThrow();
            JournalWriter journal = store.journal();
            journal.begin("down");
            assertThat(executor(journal).rollBack(TUNNEL, content.history(), true, system.srcValidMark()))
                    .isEmpty();
            assertThat(system.state()).isEqualTo(beforeUp);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void downRestoresWhateverTheMomentOfTheKill(Mode mode) throws Exception {
        int killed = 0;
        for (int moment = 0; moment < MOMENTS; moment++) {
            Scene away = new Scene();
            killed += away.isKilled(moment, mode) ? 1 : 0;
            away.down();
            Scene back = new Scene();
            back.follow(mode);
            assertThat(back.system.state()).isNotEqualTo(back.up);
            killed += back.isKilled(moment, Mode.PRESENT) ? 1 : 0;
            back.down();
        }
        assertThat(killed).isBetween(12, 2 * MOMENTS - 12);
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void anotherMonitorGoesOnAfterAKill(Mode mode) throws Exception {
        for (int moment = 0; moment < MOMENTS; moment++) {
            Scene scene = new Scene();
            scene.isKilled(moment, mode);
            scene.follow(mode);
            assertThat(scene.store.content().orElseThrow().complete()).isTrue();
            assertThat(scene.store.content().orElseThrow().withdrawn()).hasSize(4);
            assertThat(scene.system.routes).doesNotContain(Samples.route("10.1.0.0/16 dev wg0 proto 87"));
            scene.isKilled(moment, Mode.PRESENT);
            scene.follow(Mode.PRESENT);
            assertThat(scene.system.state()).as("moment %s", moment).isEqualTo(scene.up);
            assertThat(scene.store.content().orElseThrow().withdrawn()).isEmpty();
            scene.down();
        }
    }

    /// A peer that goes down while a killed run was restoring its routes.
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void turnsRoundAfterAKill(Mode mode) throws Exception {
        for (int moment = 0; moment < MOMENTS; moment++) {
            Scene scene = new Scene();
            scene.follow(mode);
            List<Object> withdrawn = scene.system.state();
            scene.isKilled(moment, Mode.PRESENT);
            scene.follow(mode);
            assertThat(scene.system.state()).as("moment %s", moment).isEqualTo(withdrawn);
            scene.isKilled(moment, mode);
            scene.follow(Mode.PRESENT);
            assertThat(scene.system.state()).as("moment %s", moment).isEqualTo(scene.up);
            scene.down();
        }
    }

    /// Only `blackhole` leaves stand-ins, and `down` deletes them.
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void downRemovesTheStandIns(Mode mode) throws Exception {
        Scene scene = new Scene();
        scene.follow(mode);
        assertThat(Step.contains(scene.store.content().orElseThrow().history(), Step.ReplaceRoute.class))
                .isEqualTo(mode == Mode.UNREACHABLE);
        scene.down();
    }
}
