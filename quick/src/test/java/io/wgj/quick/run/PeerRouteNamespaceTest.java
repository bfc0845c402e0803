// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.PeerSection;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.RoutesOfPeer.Mode;
import io.wgj.quick.model.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Withdrawn routes of a real tunnel: they return, `reload` leaves them, and `down` restores the host.
@Tag("namespace")
class PeerRouteNamespaceTest extends RealTunnelCase {
    private static final String RULE = "AllowedIPs = 0.0.0.0/0, ::/0, 10.77.0.0/16, fd77::/32";

    private static String fileWithRule() throws Exception {
        return file("true", "\nWithdrawRoutesAfter = 30s");
    }

    private PeerRouteRun.Result follow(RealTunnel tunnel, Mode mode) throws Exception {
        return follow(tunnel, root(), mode, steps -> {});
    }

    private static PeerRouteRun.Result follow(
            RealTunnel tunnel, String root, Mode mode, Consumer<List<Step>> beforeSteps) throws Exception {
        List<RoutesOfPeer> peers = new ArrayList<>();
        for (PeerSection peer : tunnel.request(false).tunnel().file().peers()) {
            List<IpPrefix> allowed = new ArrayList<>();
            for (AllowedIpUpdate entry : peer.settings().allowedIps()) {
                allowed.add(entry.prefix());
            }
            peers.add(new RoutesOfPeer(peer.publicKey(), allowed, mode));
        }
        InterfaceName name = tunnel.request(false).tunnel().link();
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Optional<Link> link = netlink.link(name.text());
            return tunnel.peerRoutes(root, beforeSteps)
                    .run(name, link.orElseThrow().index(), peers);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void routesGoAndReturnAndReloadLeavesThem(Mode mode) throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(fileWithRule());
            run(tunnel).up(tunnel.request(false));
            List<String> up = state();
            PeerRouteRun.Result result = follow(tunnel, mode);
            assertThat(result.remarks()).isEmpty();
            assertThat(result.withdrawn().values())
                    .singleElement()
                    .satisfies(routes -> assertThat(routes).hasSize(4));
            List<String> withdrawn = state();
            String shown = output("ip route show table all") + output("ip -6 route show table all");
            for (String network : List.of("10.77.0.0/16", "fd77::/32", "default table 51820")) {
                assertThat(shown)
                        .doesNotContain(network + " dev " + NAME)
                        .matches(text -> text.contains("unreachable " + network) == (mode == Mode.UNREACHABLE));
            }
            // A route of the file leads elsewhere, and stays.
            assertThat(shown).contains("10.55.0.0/16 dev br0 table 11");
            assertThat(run(tunnel).planReload(tunnel.request(true)).steps()).isEmpty();
            run(tunnel).reload(tunnel.request(true));
            assertThat(state()).isEqualTo(withdrawn);
            assertThat(follow(tunnel, mode).withdrawn()).isEmpty();
            assertThat(follow(tunnel, Mode.UNCHANGED).restored()).isEmpty();
            assertThat(state()).isEqualTo(withdrawn);

            result = follow(tunnel, Mode.PRESENT);
            assertThat(result.restored().values())
                    .singleElement()
                    .satisfies(routes -> assertThat(routes).hasSize(4));
            assertThat(state()).isEqualTo(up);
            assertThat(run(tunnel).planReload(tunnel.request(true)).steps()).isEmpty();

            follow(tunnel, mode);
            run(tunnel).down(tunnel.request(false));
            assertThat(state()).isEqualTo(before);
        });
    }

    /// Without the key the routes are the file's like all others.
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void aReloadOfAFileWithoutTheKeyBringsTheRoutesBack(Mode mode) throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(fileWithRule());
            run(tunnel).up(tunnel.request(false));
            List<String> up = state();
            follow(tunnel, mode);
            String text = tunnel.text().replace("WithdrawRoutesAfter = 30s", "");
            RealTunnel without = tunnel(text);
            run(without).reload(without.request(true));
            assertThat(state()).isEqualTo(up);
            RealTunnel less = tunnel(tunnel.text().replace(RULE, "AllowedIPs = 10.77.0.0/16"));
            follow(tunnel, mode);
            run(less).reload(less.request(true));
            assertThat(output("ip -6 route show table all")).doesNotContain("fd77::/32");
            follow(less, Mode.PRESENT);
            assertThat(output("ip route")).contains("10.77.0.0/16 dev " + NAME);
            assertThat(output("ip -6 route show table all")).doesNotContain("fd77::/32");
            run(less).down(less.request(false));
            assertThat(state()).isEqualTo(before);
        });
    }

    @Test
    void leavesTheRoutesOfAnotherLinkAndOfATunnelInUse() throws Exception {
        inNamespace(() -> {
            RealTunnel tunnel = tunnel(fileWithRule());
            run(tunnel).up(tunnel.request(false));
            List<String> up = state();
            PeerRouteRun run = tunnel.peerRoutes(root(), steps -> {});
            InterfaceName name = new InterfaceName(NAME);
            assertThat(run.run(name, 4711, List.of()).outcome()).isEqualTo(PeerRouteRun.Outcome.NO_JOURNAL);
            assertThat(run.run(new InterfaceName("br0"), 2, List.of()).outcome())
                    .isEqualTo(PeerRouteRun.Outcome.NO_JOURNAL);
            Journals state = Journals.of(root(), Namespaces.networkCookie());
            try (RunLock lock = RunLock.open(state.lockFile(name))) {
                assertThat(lock.tryAcquire()).isTrue();
                assertThat(follow(tunnel, Mode.REMOVED).outcome()).isEqualTo(PeerRouteRun.Outcome.BUSY);
            }
            assertThat(state()).isEqualTo(up);
            assertThat(follow(tunnel, Mode.REMOVED).outcome()).isEqualTo(PeerRouteRun.Outcome.DONE);
            run(tunnel).down(tunnel.request(false));
        });
    }

    /// Killed before or after each of its steps, on the way there and back.
    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "UNREACHABLE"})
    void downRestoresTheHostAfterAKillAtAnyStep(Mode mode) throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            String file = fileWithRule();
            RealTunnel tunnel = tunnel(file);
            int kills = 0;
            for (Mode last : List.of(mode, Mode.PRESENT)) {
                boolean killed = true;
                for (int step = 0; killed; step++) {
                    run(tunnel).up(tunnel.request(false));
                    List<String> up = state();
                    if (last == Mode.PRESENT) {
                        follow(tunnel, mode);
                    }
                    killed = killedAt(step, file, last) == 137;
                    kills += killed ? 1 : 0;
                    if (step % 2 == 0) {
                        // Another monitor goes on.
                        follow(tunnel, mode);
                        assertThat(run(tunnel).planReload(tunnel.request(true)).steps())
                                .isEmpty();
                        follow(tunnel, Mode.PRESENT);
                        assertThat(state()).as("step %s to %s", step, last).isEqualTo(up);
                    }
                    run(tunnel).down(tunnel.request(false));
                    assertThat(state()).as("step %s to %s", step, last).isEqualTo(before);
                    awaitNoLink();
                }
            }
            assertThat(kills).isGreaterThanOrEqualTo(mode == Mode.REMOVED ? 2 : 8);
        });
    }

    private int killedAt(int step, String file, Mode mode) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeerRouteNamespaceTest.class.getName(),
                        NAME,
                        file,
                        root(),
                        mode.name(),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /// Brings routes to a mode and exits at a step, as after `kill -9`.
    ///
    /// Words: the interface, the file's text, the root of the journals, the mode, and how many steps come before.
    public static void main(String[] words) throws Exception {
        int[] left = {Integer.parseInt(words[4])};
        follow(new RealTunnel(new InterfaceName(words[0]), words[1]), words[2], Mode.valueOf(words[3]), steps -> {
            if (left[0]-- == 0) {
                Runtime.getRuntime().halt(137);
            }
        });
    }
}
