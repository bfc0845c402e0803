// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.monitor.hooks.HookProcesses;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.PeerView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorTest {
    private static final PublicKey KEY = FakeHost.key(1);
    private static final String PEER = "wg0: peer " + KEY.toBase64() + ": ";
    private static final String FILE = """
            [Interface]
            [Peer]
            PublicKey = %s
            PeerUp = up of %%i
            PeerDown = down of %%i
            """.formatted(KEY.toBase64());

    private final FakeHost host = new FakeHost();
    private FakeHost.Link wg0 = host.link(7, "wg0");

    @BeforeEach
    void onePeer() {
        host.files.put("/etc/wireguard/wg0.conf", FILE);
        wg0.configFile = "/etc/wireguard/wg0.conf";
        wg0.peer(KEY);
    }

    private void twoWayTraffic(int seconds) {
        for (int i = 0; i < seconds; i++) {
            wg0.traffic(KEY, 128, 128);
            host.pass(1);
        }
    }

    /// The far end is dead: data goes out, and WireGuard calls every five seconds after 15 s.
    private void unansweredTraffic(int seconds) {
        for (int i = 0; i < seconds; i++) {
            wg0.traffic(KEY, 0, i >= 15 && i % 5 == 0 ? 148 : 128);
            host.pass(1);
        }
    }

    private void bringUp() {
        wg0.handshake(KEY);
        host.pass(2);
        twoWayTraffic(30);
    }

    /// The monitor's process is stopped, with or without its host. Meanwhile pings had their answers, or none.
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void fiveMinutesWithoutARoundBringNoPeerDown(boolean answered, boolean handshake) {
        host.start();
        bringUp();
        host.takeEvents();
        for (int i = 0; i < 3; i++) {
            wg0.traffic(KEY, answered ? 300 * 128 : 0, 300 * 128 + (answered ? 0 : 20 * 148));
            host.stopped(300);
            if (!handshake) {
                host.pass(1);
            }
            wg0.handshake(KEY);
            host.pass(1);
            twoWayTraffic(5);
        }
        assertThat(host.takeEvents()).noneMatch(line -> line.contains("peer-down"));
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
        // And a far end that dies afterwards is seen as ever.
        twoWayTraffic(20);
        unansweredTraffic(40);
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0", "peer-down wg0 down of wg0");
    }

    @Test
    void reportsAPeerThatComesUpAndGoesDown() {
        Monitor monitor = host.start();
        host.pass(2);
        assertThat(host.takeEvents()).containsExactly("wg0: interface-appeared: kernel");
        bringUp();
        assertThat(host.takeEvents())
                .anySatisfy(line -> assertThat(line).startsWith(PEER + "handshake"))
                .anySatisfy(line -> assertThat(line).startsWith(PEER + "peer-up: handshake at "));
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
        unansweredTraffic(40);
        assertThat(host.takeEvents())
                .anySatisfy(line -> assertThat(line).startsWith(PEER + "peer-stale"))
                .last()
                .satisfies(line -> assertThat(line).startsWith(PEER + "peer-down: "));
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0", "peer-down wg0 down of wg0");
        PeerStatus status = monitor.status().interfaces().getFirst().peers().getFirst();
        assertThat(status.state()).isEqualTo(PeerState.DOWN);
        assertThat(status.reason()).contains("unanswered");
    }

    /// A peer without scripts of its own, while a folder has scripts for all.
    @Test
    void scriptsForAllPeersWantPromptSamples() {
        wg0.configFile = "";
        host.start();
        host.pass(60);
        int seldom = host.reads;
        host.pass(30);
        assertThat(host.reads - seldom).isLessThan(10);

        host.common.add("/etc/wgj/hooks.d/log");
        host.pass(10);
        int often = host.reads;
        host.pass(30);
        assertThat(host.reads - often).isBetween(28, 32);
    }

    @Test
    void aRestartRepeatsNothing() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.start();
        host.pass(3);
        twoWayTraffic(5);
        assertThat(host.takeEvents()).isEmpty();
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
        unansweredTraffic(70);
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0", "peer-down wg0 down of wg0");
        host.takeEvents();
        host.start();
        host.pass(20);
        assertThat(host.takeEvents()).isEmpty();
        assertThat(host.ran).hasSize(2);
    }

    @Test
    void aRestartLosesNothingThatHappenedMeanwhile() {
        host.start();
        host.pass(2);
        bringUp();
        unansweredTraffic(40);
        assertThat(host.ran).hasSize(2);
        // While no monitor runs, the far end returns.
        host.stop(60);
        wg0.handshake(KEY);
        host.start();
        host.pass(2);
        assertThat(host.ran).endsWith("peer-up wg0 up of wg0").hasSize(3);
    }

    @Test
    void aHookThatHadNotStartedRunsAfterARestart() {
        host.hooksRun = false;
        host.start();
        host.pass(2);
        bringUp();
        unansweredTraffic(40);
        // PeerUp has started and hangs; PeerDown waits for it.
        assertThat(host.hookThreads).hasSize(1);
        host.hooksRun = true;
        host.hookThreads.clear();
        host.start();
        host.pass(2);
        assertThat(host.ran).containsExactly("peer-down wg0 down of wg0");
    }

    @Test
    void hooksOfAnInterfaceRunOneAtATimeAndInOrder() {
        host.hooksRun = false;
        host.start();
        host.pass(2);
        bringUp();
        unansweredTraffic(40);
        wg0.handshake(KEY);
        host.pass(2);
        assertThat(host.hookThreads).hasSize(1);
        for (int i = 0; i < 3; i++) {
            host.hookThreads.remove().run();
            host.pass(5);
        }
        assertThat(host.hookThreads).isEmpty();
        assertThat(host.ran)
                .containsExactly("peer-up wg0 up of wg0", "peer-down wg0 down of wg0", "peer-up wg0 up of wg0");
    }

    @Test
    void reportsAHookThatFailsWithItsOutputMasked() {
        host.answer =
                new HookProcesses.End(3, false, "the key is yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n", false);
        host.start();
        host.pass(2);
        bringUp();
        assertThat(host.events)
                .anySatisfy(line -> assertThat(line).startsWith(PEER + "hook-failed: PeerUp exited with 3"));
        assertThat(host.log).containsExactly("wg0: PeerUp: the key is (hidden)");
    }

    @Test
    void outputThatWasCutNeverShowsPartOfAKey() {
        host.answer = new HookProcesses.End(0, false, "one\nyAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJ", true);
        host.start();
        host.pass(2);
        bringUp();
        assertThat(host.log)
                .containsExactly("wg0: PeerUp: one", "wg0: PeerUp: ... (the rest of what it printed is left out)");
    }

    @Test
    void anInterfaceMadeAnewUnderTheSameNameIsTheSameToScripts() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.links.remove(7);
        host.notifyChange();
        host.pass(2);
        wg0 = host.link(8, "wg0");
        wg0.configFile = "/etc/wireguard/wg0.conf";
        wg0.peer(KEY);
        host.notifyChange();
        host.pass(10);
        wg0.handshake(KEY);
        host.pass(2);
        assertThat(host.takeEvents())
                .startsWith("wg0: interface-vanished", "wg0: interface-appeared: kernel")
                .noneSatisfy(line -> assertThat(line).contains("peer-down"));
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
    }

    @Test
    void anInterfaceThatDoesNotComeBackTakesItsPeersDown() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.links.remove(7);
        host.notifyChange();
        host.pass(4);
        assertThat(host.takeEvents()).containsExactly("wg0: interface-vanished");
        host.pass(3);
        assertThat(host.takeEvents()).containsExactly(PEER + "peer-down: removed");
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0", "peer-down wg0 down of wg0");
        host.pass(60);
        host.start();
        host.pass(60);
        assertThat(host.ran).hasSize(2);
    }

    @Test
    void anInterfaceThatVanishedWhileNoMonitorRanTakesItsPeersDown() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.links.remove(7);
        host.stop(100);
        host.start();
        host.pass(10);
        assertThat(host.takeEvents())
                .containsExactly("wg0: interface-vanished: while no monitor ran", PEER + "peer-down: removed");
        assertThat(host.ran).endsWith("peer-down wg0 down of wg0");
    }

    @Test
    void aPeerThatIsRemovedAndAddedAgainWithinFiveSecondsIsTheSameToScripts() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        wg0.peers.remove(KEY);
        host.pass(2);
        wg0.peer(KEY);
        host.pass(10);
        assertThat(host.takeEvents())
                .startsWith(PEER + "peer-removed", PEER + "peer-added")
                .noneSatisfy(line -> assertThat(line).contains("peer-down"));
        wg0.handshake(KEY);
        host.pass(2);
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
    }

    @Test
    void aReadThatFailsIsAMissedSample() {
        Monitor monitor = host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        wg0.readFails = true;
        host.pass(300);
        assertThat(host.takeEvents())
                .containsExactly("wg0: message: cannot be read: no such device; its peers keep their states");
        assertThat(monitor.status().interfaces().getFirst().readFailure()).contains("no such device");
        wg0.readFails = false;
        twoWayTraffic(5);
        assertThat(host.takeEvents()).containsExactly("wg0: message: can be read again");
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
    }

    @Test
    void aDeviceThatNeverAnswersIsReportedAndKeepsNoOtherWaiting() {
        FakeHost.Link other = host.link(9, "wg1");
        PublicKey second = FakeHost.key(2);
        other.peer(second);
        wg0.readHangs = true;
        host.start();
        host.pass(10);
        other.handshake(second);
        host.pass(6);
        assertThat(host.takeEvents())
                .anySatisfy(line -> assertThat(line).startsWith("wg0: message: cannot be read: no answer for "))
                .anySatisfy(line -> assertThat(line).startsWith("wg1: peer " + second.toBase64() + ": peer-up"));
    }

    @Test
    void aClockThatIsSteppedByAYearChangesNothing() {
        Monitor monitor = host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        for (int days : new int[] {365, -730}) {
            host.wall = host.wall.plusSeconds(days * 86_400L);
            twoWayTraffic(30);
            PeerStatus peer = monitor.status().interfaces().getFirst().peers().getFirst();
            assertThat(java.time.Duration.between(peer.since(), host.wall)).isLessThan(java.time.Duration.ofMinutes(3));
        }
        assertThat(host.takeEvents()).isEmpty();
    }

    @Test
    void aMonitorThatWasStoppedForFiveMinutesCallsNobodyDown() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.stop(300);
        wg0.handshake(KEY);
        twoWayTraffic(10);
        assertThat(host.takeEvents()).allSatisfy(line -> assertThat(line).startsWith(PEER + "handshake"));
        assertThat(host.ran).hasSize(1);
    }

    @Test
    void nonsenseInAFileKeepsTheSettingsFromBefore() {
        Monitor monitor = host.start();
        host.pass(2);
        host.takeEvents();
        host.files.put(wg0.configFile, FILE + "PeerUp = second\nProbe = nonsense\n");
        monitor.reload();
        host.pass(6);
        assertThat(host.takeEvents()).containsExactly("wg0: message: /etc/wireguard/wg0.conf:7:9: nonsense");
        bringUp();
        assertThat(host.ran).containsExactly("peer-up wg0 up of wg0");
        host.files.put(wg0.configFile, FILE.replace("down of", "later"));
        monitor.reload();
        host.pass(6);
        unansweredTraffic(40);
        assertThat(host.ran).endsWith("peer-down wg0 later wg0");
    }

    @Test
    void goesOnWithoutSavedState() {
        host.storeFails = true;
        host.start();
        host.pass(2);
        bringUp();
        unansweredTraffic(40);
        assertThat(host.ran).hasSize(2);
        assertThat(host.events.stream().filter(line -> line.contains("not saved")))
                .hasSize(1);
    }

    @Test
    void aFailureToListInterfacesIsNotTheirEnd() {
        host.start();
        host.pass(2);
        bringUp();
        host.takeEvents();
        host.findFails = true;
        twoWayTraffic(60);
        assertThat(host.takeEvents()).containsExactly("message: cannot look for interfaces: no netlink");
        host.findFails = false;
        unansweredTraffic(40);
        assertThat(host.ran).hasSize(2);
    }

    @Test
    void reportsWhatChangedOfAnInterface() {
        host.start();
        host.pass(2);
        host.takeEvents();
        wg0.port = 4711;
        wg0.fwmark = 0x10;
        host.pass(6);
        wg0.name = new io.wgj.config.net.DeviceName("office");
        host.notifyChange();
        assertThat(host.takeEvents())
                .containsExactly(
                        "wg0: interface-changed: listen port 4711, was 51820; fwmark 0x10, was 0x0",
                        "office: interface-changed: renamed, was wg0");
    }

    @Test
    void followsOnlyTheInterfacesThatAreNamed() {
        host.link(9, "wg1");
        Monitor monitor = host.start("wg1");
        host.pass(10);
        assertThat(monitor.status().interfaces())
                .extracting(iface -> iface.name().text())
                .containsExactly("wg1");
    }

    @Test
    void aFreshMonitorSaysNothingOfPeersThatAreQuiet() {
        wg0.handshake(KEY);
        host.stop(1000);
        Monitor monitor = host.start();
        host.pass(10);
        assertThat(host.takeEvents()).containsExactly("wg0: interface-appeared: kernel");
        assertThat(monitor.status().interfaces().getFirst().peers().getFirst().state())
                .isEqualTo(PeerState.QUIET);
    }

    @Test
    void measuresRates() {
        Monitor monitor = host.start();
        host.pass(2);
        bringUp();
        PeerStatus peer = monitor.status().interfaces().getFirst().peers().getFirst();
        assertThat(peer.rxRate()).isEqualTo(128);
        assertThat(peer.txRate()).isEqualTo(128);
    }

    @Test
    void servicesSeeChangesAndAnswerProbes() {
        List<String> seen = new ArrayList<>();
        PeerService service = new PeerService() {
            @Override
            public void changed(@Nullable PeerView before, PeerView now) {
                seen.add(now.state() + " " + now.verdict());
            }

            @Override
            public void gone(PeerView last) {
                seen.add("gone");
            }

            @Override
            public void close() {
                seen.add("closed");
            }
        };
        try (Monitor monitor = new Monitor(
                new MonitorPorts(host, host, host, host, host, host, () -> {}, Runnable::run, host.log::add),
                java.util.Set.of())) {
            monitor.start(List.of(context -> {
                context.at(host.boot + 20 * FakeHost.SECOND, () -> context.answered(new PeerId(7, KEY), host.boot));
                return service;
            }));
            long start = host.boot;
            for (long now = start; now < start + 40 * FakeHost.SECOND; ) {
                now = Math.max(monitor.round(Changes.NONE), now + 1);
                host.stop((now - host.boot) / 1e9);
            }
            host.links.clear();
            monitor.round(new Changes(true, true, true));
            assertThat(seen).containsExactly("IDLE UNKNOWN", "UP UP", "gone");
        }
        assertThat(seen).endsWith("closed");
    }
}
