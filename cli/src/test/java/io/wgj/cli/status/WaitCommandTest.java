// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.MonitorException.Reason;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.protocol.ReplyWriter;
import org.junit.jupiter.api.Test;

class WaitCommandTest {
    private static final ReplyWriter WRITER = new ReplyWriter(ScopeNames.NONE);
    private static final int EPERM = 1;

    private final MemoryHost host = new MemoryHost();

    private void peer(String key, long handshake) {
        host.devices.put(States.withPeers("wg0", States.withTraffic(key, new HandshakeTime(handshake, 0), 0, 0)));
    }

    private void mayNotRead() {
        host.devices.putBroken("wg0", new DeviceException(DeviceException.Reason.NOT_PERMITTED, EPERM, null));
    }

    @Test
    void theMonitorSaysWhen() {
        host.monitor.answers(WRITER.up(new DeviceName("wg0")));
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", "office")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.monitor.requests)
                .containsExactly(
                        "{\"schema\":\"wgj/1\",\"request\":\"wait\",\"interface\":\"wg0\",\"peer\":\"office\"}");
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    void withoutAMonitorAYoungHandshakeIsUpAtOnce() {
        peer(States.K1, host.now - 179);
        assertThat(Ran.wgj(host, "wait", "wg0")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.sleeps).isEmpty();
    }

    @Test
    void withoutAMonitorAHandshakeIsSeenWithinAQuarterOfASecond() {
        peer(States.K1, host.now - 1_000);
        host.whileAsleep = () -> {
            if (host.sleeps.size() == 5) {
                peer(States.K1, host.now);
            }
        };
        assertThat(Ran.wgj(host, "wait", "wg0").code()).isZero();
        assertThat(host.sleeps).hasSize(5).containsOnly(250L);
    }

    @Test
    void anInterfaceIsWaitedFor() {
        host.whileAsleep = () -> {
            if (host.sleeps.size() == 3) {
                peer(States.K1, host.now);
            }
        };
        assertThat(Ran.wgj(host, "wait", "wg0").code()).isZero();
        assertThat(host.sleeps).hasSize(3);
    }

    @Test
    void everyPeerHasToBeUp() {
        host.devices.put(States.withPeers(
                "wg0", States.withTraffic(States.K1, new HandshakeTime(host.now, 0), 0, 0), States.bare(States.K2)));
        assertThat(Ran.wgj(host, "wait", "wg0", "--timeout", "2s"))
                .isEqualTo(new Ran(
                        7, "", "wgj: wait: wg0: not every peer is up after 2.0 s; `wgj status wg0' shows why\n"));
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", States.K1).code()).isZero();
    }

    @Test
    void aPeerThatDoesNotComeUpIsATimeout() {
        peer(States.K1, 0);
        Ran ran = Ran.wgj(host, "wait", "wg0", "--peer", States.K1, "--timeout", "600ms");
        assertThat(ran.code()).isEqualTo(7);
        assertThat(host.sleeps).containsExactly(250L, 250L, 100L);
    }

    @Test
    void aDeviceWithoutPeersIsNotUp() {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgj(host, "wait", "wg0", "--timeout", "1s").code()).isEqualTo(7);
    }

    @Test
    void withoutMonitorAndPrivilegeNothingCanBeDone() {
        mayNotRead();
        Ran ran = Ran.wgj(host, "wait", "wg0");
        assertThat(ran.code()).isEqualTo(8);
        assertThat(ran.err()).startsWith("wgj: wait: no monitor runs").hasLineCount(1);
        host.monitor.absence = Reason.NOT_PERMITTED;
        assertThat(Ran.wgj(host, "wait", "wg0").code()).isEqualTo(4);
    }

    @Test
    void aNameOfTheFileIsKnownWithoutAMonitor() {
        peer(States.K1, host.now);
        host.files.put("/etc/wireguard/wg0.conf", "[Peer]\nName = office\nPublicKey = " + States.K1 + "\n");
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", "office")).isEqualTo(new Ran(0, "", ""));
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", "ofice"))
                .isEqualTo(new Ran(
                        5,
                        "",
                        "wgj: wait: wg0: `ofice' is neither a public key nor the name of a peer; did you mean"
                                + " `office'?\n"));
    }

    @Test
    void theMonitorIsAskedAboutTheKeyThatAFileHas() {
        host.files.put("/etc/wireguard/wg0.conf", "# office\n[Peer]\nPublicKey = " + States.K1 + "\n");
        host.monitor.answers(WRITER.up(new DeviceName("wg0")));
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", "office").code()).isZero();
        assertThat(host.monitor.requests).singleElement().asString().contains("\"peer\":\"" + States.K1 + "\"");
    }

    @Test
    void withoutMonitorAndFileAPeerHasNoName() {
        peer(States.K1, host.now);
        assertThat(Ran.wgj(host, "wait", "wg0", "--peer", "office"))
                .isEqualTo(new Ran(
                        5,
                        "",
                        "wgj: wait: wg0: `office' is neither a public key nor the name of a peer;"
                                + " /etc/wireguard/wg0.conf: No such file or directory\n"));
    }

    @Test
    void aMonitorThatEndsIsReplacedByOwnSamples() {
        host.monitor.answers();
        peer(States.K1, host.now);
        assertThat(Ran.wgj(host, "wait", "wg0").code()).isZero();
        assertThat(host.devices.accesses).containsExactly("read wg0");
    }

    @Test
    void noLinkCanHaveThatName() {
        for (String command : new String[] {"wait", "monitor"}) {
            Ran ran = Ran.wgj(host, command, "a/b");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("wgj: " + command + ": a/b: no link can have this name");
        }
    }
}
