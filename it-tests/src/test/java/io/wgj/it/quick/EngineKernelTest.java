// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.Engines;
import io.wgj.engine.run.EngineEnvironment;
import io.wgj.engine.run.EngineLog;
import io.wgj.engine.run.EngineProcess;
import io.wgj.engine.run.StartFailure;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.it.CapturingHost;
import io.wgj.it.Ran;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Our engine and the kernel's WireGuard at the two ends of one tunnel, either of them beginning, over IPv4 and
/// IPv6, with a preshared key. The engine runs in this process: under emulation a JVM takes seconds to start.
@Tag("kernel")
class EngineKernelTest {
    private static final int PINGS = 100;

    private static final String SCENE = """
            far_end up0 198.51.100.1/24 2001:db8:1::1/64
            ip address add 198.51.100.2/24 dev up0; ip address add 2001:db8:1::2/64 dev up0 nodad
            far_device 10.9.0.2/24
            ip -n far address add fd09::2/64 dev wgfar nodad
            wg=$reference/wg
            umask 077; echo "$PRIV" >near.key; "$wg" genpsk >psk
            ours() { "$wg" set wgours peer "$peer" preshared-key psk allowed-ips 10.9.0.2/32,fd09::2/128 "$@"; }
            kernels() { in_far "$wg" set wgfar peer "$PUB" preshared-key psk allowed-ips 10.9.0.1/32,fd09::1/128 "$@"; }
            forget() { "$wg" set wgours peer "$peer" remove; in_far "$wg" set wgfar peer "$PUB" remove; }
            pings() { echo "-- $1"; shift; "$@" | grep -o '[0-9]* received'; }
            start-engine wgours
            "$wg" set wgours listen-port 51821 private-key near.key
            ip address add 10.9.0.1/24 dev wgours; ip address add fd09::1/64 dev wgours nodad
            ip link set wgours mtu 1380 up
            kernels; ours endpoint 198.51.100.1:51820
            pings 'ours begins' ping -q -i .01 -c 100 10.9.0.2
            pings 'the kernel goes on, with long ones' in_far ping -q -i .01 -c 100 -s 1352 10.9.0.1
            forget; ours; kernels endpoint 198.51.100.2:51821
            pings 'the kernel begins' in_far ping -q -i .01 -c 100 10.9.0.1
            pings 'ours goes on, with IPv6' ping -q -i .01 -c 100 fd09::2
            forget; kernels; ours endpoint '[2001:db8:1::1]:51820'
            pings 'ours begins over IPv6' ping -q -i .01 -c 100 10.9.0.2
            forget; ours; kernels endpoint '[2001:db8:1::2]:51821'
            pings 'the kernel begins over IPv6' in_far ping -q -i .01 -c 100 fd09::1
            echo '-- ours'; wgj show wgours
            echo '-- kernels'; wgj-in-far show wgfar
            ip link delete wgours
            """;

    @Test
    void bothBeginAndBothGoOn() {
        Transcript transcript = InProcess.run(
                SCENE,
                Map.of(
                        "start-engine",
                        words -> start(words.getFirst()),
                        "wgj",
                        EngineKernelTest::wgj,
                        "wgj-in-far",
                        words -> Namespaces.on(() -> {
                            try (NativeFile far = NativeFile.open("/run/netns/far")) {
                                Namespaces.enter(far, Namespaces.CLONE_NEWNET);
                            }
                            return wgj(words);
                        })));

        for (String title : List.of(
                "ours begins",
                "the kernel goes on, with long ones",
                "the kernel begins",
                "ours goes on, with IPv6",
                "ours begins over IPv6",
                "the kernel begins over IPv6")) {
            assertThat(transcript.sections(title)).as(title).containsExactly(List.of(PINGS + " received"));
        }
        assertThat(String.join("\n", transcript.sections("ours").getFirst()))
                .contains(
                        "preshared key: (hidden)",
                        "endpoint: [2001:db8:1::1]:51820",
                        "allowed ips: 10.9.0.2/32, fd09::2/128")
                .containsPattern("latest handshake: .*\n +transfer: .* received, .* sent");
        assertThat(String.join("\n", transcript.sections("kernels").getFirst()))
                .contains(
                        "preshared key: (hidden)",
                        "endpoint: [2001:db8:1::2]:51821",
                        "allowed ips: 10.9.0.1/32, fd09::1/128")
                .containsPattern("latest handshake: .*\n +transfer: .* received, .* sent");
    }

    private static Ran wgj(List<String> words) {
        CapturingHost host = new CapturingHost(Map.of(), System.currentTimeMillis() / 1000);
        return host.ran(Programs.run(new Invocation(InvokedAs.WGJ, "wgj", words, host)));
    }

    /// Its threads are children of this one, and so in the world's namespaces. It ends with its link.
    private static Ran start(String link) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        EngineEnvironment environment = EngineEnvironment.of(Map.of("LOG_LEVEL", "verbose")::get);
        EngineLog log =
                new EngineLog(environment.level(), link, new PrintStream(said, true, StandardCharsets.ISO_8859_1));
        EngineProcess engine =
                new EngineProcess(Engines.own(), new InterfaceName(link), environment, log, UapiSockets.DEFAULT_FOLDER);
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                engine.serve();
            } catch (StartFailure e) {
                log.error(e.sentence());
            }
        });
        UapiSockets sockets = new UapiSockets();
        while (thread.isAlive() && !sockets.exists(new DeviceName(link))) {
            Thread.sleep(10);
        }
        return new Ran(thread.isAlive() ? 0 : 1, "", said.toString(StandardCharsets.ISO_8859_1));
    }
}
