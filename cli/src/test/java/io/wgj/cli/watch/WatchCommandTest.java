// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.MonitorException.Reason;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.protocol.ReplyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchCommandTest {
    private static final ReplyWriter WRITER = new ReplyWriter(ScopeNames.NONE);

    private final MemoryHost host = new MemoryHost();
    private final FakeScreen screen = new FakeScreen(host::sleep);

    /// A run on a terminal: what the exit code is; frames are in the screen.
    private int watch(String... words) {
        host.terminal = true;
        List<String> all = new ArrayList<>(List.of("watch"));
        all.addAll(List.of(words));
        return CommandRun.run(
                new WatchCommand(() -> Optional.of(screen)), new Invocation(InvokedAs.WGJ, "wgj", all, host));
    }

    private void monitorSays(MonitorStatus... samples) {
        for (MonitorStatus sample : samples) {
            host.monitor.answers(WRITER.status(sample));
        }
    }

    @Test
    void showsWhatTheMonitorSaysUntilAKeyEndsIt() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"), Scenes.three(1, 2_000_000, "192.0.2.1"));
        host.environment.put("NO_COLOR", "1");
        for (int i = 0; i < 6; i++) {
            screen.press("");
        }
        screen.press("s");
        screen.press("q");
        assertThat(watch("wg0")).isZero();
        assertThat(screen.closed).isTrue();
        assertThat(screen.frames.getFirst())
                .contains("wg0: 3 peers, 1 up, 1 down  received 0 B/s", "büro", "sort: activity");
        assertThat(screen.frames.get(1)).contains("received 1.9 MiB/s");
        assertThat(screen.frames.getLast()).contains("sort: name");
        assertThat(host.monitor.requests)
                .containsOnly("{\"schema\":\"wgj/1\",\"request\":\"status\",\"interface\":\"wg0\"}");
        assertThat(host.printedErrors()).isEmpty();
    }

    @Test
    void readsTheDeviceItselfWithoutAMonitor() {
        host.files.put("/etc/wireguard/wg0.conf", "[Peer]\nName = hq\nPublicKey = " + States.K1 + "\n");
        host.environment.put("NO_COLOR", "1");
        host.devices.put(States.full("wg0", host.now));
        screen.waits.add(() -> {
            host.now += 1;
            DeviceState later = States.full("wg0", host.now - 1);
            host.devices.put(later);
        });
        screen.press("");
        screen.press("q");
        assertThat(watch("wg0")).isZero();
        assertThat(screen.frames.getFirst()).contains("hq", "1m5s", "TrMvSoP4jYQ");
    }

    @Test
    void ratesComeFromCounters() {
        host.environment.put("NO_COLOR", "1");
        host.devices.put(
                States.withPeers("wg0", States.withTraffic(States.K1, io.wgj.config.device.HandshakeTime.NEVER, 0, 0)));
        host.whileAsleep = () -> host.devices.put(States.withPeers(
                "wg0",
                States.withTraffic(
                        States.K1,
                        io.wgj.config.device.HandshakeTime.NEVER,
                        2048 * (host.bootNanos() / 1_000_000_000),
                        0)));
        assertThat(watch("wg0", "-n", "8")).isZero();
        assertThat(screen.frames.getLast()).contains("2.0 KiB/s");
    }

    @Test
    void theScreenIsClosedWhenSomethingBreaks() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"));
        screen.waits.add(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> watch()).hasMessage("broken");
        assertThat(screen.closed).isTrue();
    }

    @Test
    void endsWhenTheTerminalIsGone() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"));
        screen.waits.add(() -> screen.gone = true);
        assertThat(watch()).isZero();
        assertThat(screen.closed).isTrue();
    }

    @Test
    void followsTheSizeOfTheTerminal() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"));
        screen.waits.add(() -> {
            screen.columns = 20;
            screen.rows = 5;
        });
        // Nothing else happens before the new frame.
        screen.waits.add(() -> assertThat(screen.frames).hasSize(2));
        screen.press("q");
        watch();
        assertThat(screen.frames.get(1).lines())
                .hasSize(5)
                .allMatch(line -> visible(line).length() <= 20);
    }

    @Test
    void pauseKeepsTheRows() {
        host.environment.put("NO_COLOR", "1");
        monitorSays(Scenes.three(0, 0, "192.0.2.1"), Scenes.three(1, 2_000_000, "192.0.2.1"));
        screen.press("p");
        for (int i = 0; i < 6; i++) {
            screen.press("");
        }
        screen.press("q");
        watch();
        assertThat(screen.frames).allMatch(frame -> frame.contains("received 0 B/s"));
        assertThat(screen.frames.getLast()).contains("PAUSED");
    }

    @Test
    void aDeviceThatVanishesIsReportedAndWaitedFor() {
        host.environment.put("NO_COLOR", "1");
        host.devices.put(States.full("wg0", host.now));
        screen.waits.add(
                () -> host.devices.putBroken("wg0", new DeviceException(DeviceException.Reason.NOT_FOUND, 19, null)));
        for (int i = 0; i < 6; i++) {
            screen.press("");
        }
        screen.press("q");
        assertThat(watch("wg0")).isZero();
        assertThat(screen.frames.getLast()).contains("watch: cannot read wg0: there is no such interface", "1m5s");
    }

    @Test
    void printsLinesWhereThereIsNoTerminal() {
        monitorSays(Scenes.three(0, 2_000_000, "192.0.2.1"), Scenes.three(2, 0, "192.0.2.1"));
        Ran ran = Ran.wgj(host, "watch", "-n", "2");
        assertThat(ran.code()).isZero();
        assertThat(io.wgj.config.text.Latin1.toUnicode(ran.out())).isEqualTo("""
                TIME                  INTERFACE  PEER                                          STATE  HANDSHAKE  RECEIVED   SENT       ENDPOINT
                2026-11-30T12:03:07Z  wg0        office                                        up     1m5s       1.9 MiB/s  195 KiB/s  192.0.2.1:51820
                2026-11-30T12:03:07Z  wg0        büro                                          down   6m40s      0 B/s      148 B/s    198.51.100.7:51820
                2026-11-30T12:03:07Z  wg0        AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=  idle   never      0 B/s      0 B/s      -
                2026-11-30T12:03:09Z  wg0        office                                        up     1m5s       0 B/s      0 B/s      192.0.2.1:51820
                2026-11-30T12:03:09Z  wg0        büro                                          down   6m42s      0 B/s      148 B/s    198.51.100.7:51820
                2026-11-30T12:03:09Z  wg0        AwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=  idle   never      0 B/s      0 B/s      -
                """);
        assertThat(host.sleeps).containsExactly(2_000L);
    }

    @Test
    void aDumbTerminalGetsLines() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"));
        host.environment.put("TERM", "dumb");
        assertThat(watch("-n", "1")).isZero();
        assertThat(screen.frames).isEmpty();
        assertThat(host.out().toString()).startsWith("TIME ");
    }

    @Test
    void aClosedPipeEndsIt() {
        monitorSays(Scenes.three(0, 0, "192.0.2.1"));
        host.outputIsTaken = false;
        assertThat(Ran.wgj(host, "watch", "-n", "3").code()).isZero();
        assertThat(host.sleeps).isEmpty();
    }

    @Test
    void withoutPrivilegeItNamesBothWays() {
        host.devices.putBroken("wg0", new DeviceException(DeviceException.Reason.NOT_PERMITTED, 1, null));
        assertThat(Ran.wgj(host, "watch", "wg0")).isEqualTo(new Ran(4, "", """
                        wgj: watch: cannot read wg0: kernel devices need CAP_NET_ADMIN in the network namespace that owns \
                        them; run it as root, in a container with `--cap-add NET_ADMIN'
                        wgj: watch: no monitor runs in this network namespace (nothing answers at /run/wgj/status.sock); \
                        `wgj monitor' runs one
                        """));
        host.monitor.absence = Reason.NOT_PERMITTED;
        assertThat(Ran.wgj(host, "watch", "wg0").err()).contains("the group wgj may read the status");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(Ran.wgj(host, "watch", "nope").code()).isEqualTo(5);
        assertThat(Ran.wgj(host, "watch", "-n", "0").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "watch", "a/b").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "watch", "--interval", "0s").code()).isEqualTo(2);
    }

    private static String visible(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
