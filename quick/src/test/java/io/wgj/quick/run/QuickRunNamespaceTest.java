// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.model.Step;
import io.wgj.quick.plan.PlanException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real tunnels in a network namespace of the test's own, with whatever implementation the host has.
@Tag("namespace")
class QuickRunNamespaceTest {
    /// What is built; no `wg` need be installed.
    private static final String WGJ = System.getProperty("wgj.root") + "/wgj";

    private static final String NAME = "wgjq" + ProcessHandle.current().pid() % 100_000;

    @TempDir
    Path folder;

    /// What the host shows of a tunnel, or of what one has left.
    private static List<String> state() throws Exception {
        List<String> state = new ArrayList<>();
        for (String command : List.of(
                "ip -json addr",
                "ip -json route show table all",
                "ip -6 -json route show table all",
                "ip -json rule",
                "ip -6 -json rule",
                "nft -j list ruleset",
                "cat /proc/sys/net/ipv4/conf/all/src_valid_mark")) {
            state.add(output(command));
        }
        return state;
    }

    private static String output(String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" ", -1))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
        return output;
    }

    /// What happens in the namespace.
    @FunctionalInterface
    private interface Body {
        void run() throws Exception;
    }

    private static void inNamespace(Body body) throws Exception {
        Namespaces.on(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNET);
            output("ip link set lo up");
            output("ip link add br0 type bridge");
            output("ip link set br0 addrgenmode none");
            output("ip link set br0 up");
            output("ip addr add 192.0.2.7/24 dev br0");
            output("ip route add 10.66.0.0/16 via 192.0.2.9");
            output("ip rule add to 203.0.113.0/24 table main priority 33000");
            output("nft add table inet mine");
            try {
                body.run();
            } finally {
                // Or a userspace implementation would outlive the namespace, and be in the way of the next.
                new ProcessBuilder("ip", "link", "delete", "dev", NAME).start().waitFor();
                awaitNoLink();
            }
            return true;
        });
    }

    private static String key() throws Exception {
        return PrivateKey.of(Randomness.bytes(32)).toBase64();
    }

    private static String file(String postUp, String moreIps) throws Exception {
        return """
                [Interface]
                PrivateKey = %s
                Address = 10.9.0.1/24, fd09::1/64
                Route = 10.55.0.0/16 dev br0 table 11
                Rule = fwmark 0x5151 iif lo priority 4999 table 11
                PostUp = %s
                [Peer]
                PublicKey = %s
                Endpoint = 192.0.2.1:51820
                AllowedIPs = 0.0.0.0/0, ::/0, 10.77.0.0/16, fd77::/32%s
                """.formatted(key(), postUp, PrivateKey.of(Randomness.bytes(32)).publicKey(), moreIps);
    }

    private RealTunnel tunnel(String file) {
        return new RealTunnel(new InterfaceName(NAME), file);
    }

    private String root() {
        return folder.resolve("wgj").toString();
    }

    private QuickRun run(RealTunnel tunnel) {
        return tunnel.run(root(), steps -> {});
    }

    /// Deleting its link ends a userspace implementation, but not at once.
    private static void awaitNoLink() throws Exception {
        for (int i = 0; i < 500 && Files.exists(Path.of("/var/run/wireguard", NAME + ".sock")); i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void comesUpAndLeavesNothingBehind() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            run(tunnel).up(tunnel.request(false));
            assertThat(output("ip rule"))
                    .contains("32764:\tfrom all lookup main suppress_prefixlength 0 proto 87")
                    .contains("32765:\tnot from all fwmark 0xca6c lookup 51820 proto 87")
                    .contains("4999:\tfrom all fwmark 0x5151 iif lo lookup 11 proto 87");
            assertThat(output("ip -6 route show table 51820")).contains("default dev " + NAME + " proto 87");
            assertThat(output("ip route get 198.51.100.1")).contains("dev " + NAME + " table 51820");
            assertThat(output("nft list table ip wg-quick-" + NAME)).contains("ip daddr 10.9.0.1 fib saddr type");
            assertThat(output("cat /proc/sys/net/ipv4/conf/all/src_valid_mark")).isEqualTo("1\n");
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("`" + NAME + "' already exists");
            assertThat(run(tunnel).hasJournal(new InterfaceName(NAME))).isTrue();
            run(tunnel).down(tunnel.request(false));
            assertThat(state()).isEqualTo(before);
            assertThat(run(tunnel).hasJournal(new InterfaceName(NAME))).isFalse();
        });
    }

    @Test
    void undoesEverythingWhicheverStepFails() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            int steps = countSteps(tunnel);
            assertThat(steps).isGreaterThan(15);
            for (int k = 0; k < steps; k++) {
                int[] left = {k};
                QuickRun failing = tunnel.run(root(), told -> {
                    if (left[0]-- == 0) {
                        throw new IllegalStateException("step " + told);
                    }
                });
                assertThatThrownBy(() -> failing.up(tunnel.request(false))).isInstanceOf(IllegalStateException.class);
                assertThat(state()).as("after failing at step " + k).isEqualTo(before);
                awaitNoLink();
            }
        });
    }

    @Test
    void restoresWhatWasThereAfterBeingKilledAtAnyStep() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            String file = file("true", "");
            RealTunnel tunnel = tunnel(file);
            int steps = countSteps(tunnel);
            for (int k = 0; k < steps; k++) {
                assertThat(killedAt(k, file)).as("step " + k).isEqualTo(137);
                if (k % 2 == 0) {
                    run(tunnel).down(tunnel.request(false));
                } else {
                    awaitNoLinkUnlessThere();
                    run(tunnel).up(tunnel.request(false));
                    run(tunnel).down(tunnel.request(false));
                }
                assertThat(state()).as("after being killed at step " + k).isEqualTo(before);
                awaitNoLink();
            }
        });
    }

    private static void awaitNoLinkUnlessThere() throws Exception {
        if (!output("ip -br link").contains(NAME)) {
            awaitNoLink();
        }
    }

    private int countSteps(RealTunnel tunnel) throws Exception {
        int[] calls = {0};
        tunnel.run(root(), told -> calls[0]++).up(tunnel.request(false));
        int count = calls[0];
        run(tunnel).down(tunnel.request(false));
        awaitNoLink();
        return count;
    }

    private int killedAt(int step, String file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RealTunnel.class.getName(),
                        NAME,
                        file,
                        root(),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void tellsWhatTheKernelRefusesAndUndoesTheRest() throws Exception {
        inNamespace(() -> {
            output("ip route add 10.77.0.0/16 dev br0");
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOfSatisfying(RunException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(2);
                        // Told before the way back.
                        assertThat(e.lines()).isEmpty();
                    });
            assertThat(state()).isEqualTo(before);
        });
    }

    /// A kernel without nf_tables is known before the first step.
    @Test
    void refusesADefaultRouteBeforeAnyStepWhereThereIsNoNftables() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("true", ""));
            List<Step> told = new ArrayList<>();
            QuickRun run = tunnel.run(root(), new WithoutNftables(), told::addAll);
            assertThatThrownBy(() -> run.up(tunnel.request(false)))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("nf_tables");
            assertThat(told).isEmpty();
            assertThat(state()).isEqualTo(before);
        });
    }

    private record WithoutNftables(Kernel kernel) implements Kernel {
        WithoutNftables() {
            this(new LinuxKernel());
        }

        @Override
        public RouteNetlink routing() throws NetlinkException {
            return kernel.routing();
        }

        @Override
        public Optional<Nftables> firewall() {
            return Optional.empty();
        }

        @Override
        public boolean hasWireGuard() throws NetlinkException {
            return kernel.hasWireGuard();
        }

        @Override
        public String settings() {
            return kernel.settings();
        }
    }

    @Test
    void endsWithTheCodeOfAHookThatFails() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            RealTunnel tunnel = tunnel(file("[[ $INTERFACE = %i ]] && false | true; exit 3", ""));
            assertThatThrownBy(() -> run(tunnel).up(tunnel.request(false)))
                    .isInstanceOfSatisfying(RunException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(1);
                        assertThat(e.lines()).isEmpty();
                    });
            assertThat(state()).isEqualTo(before);
        });
    }

    /// As in a container: the kernel's setting that lets a link keep its other addresses cannot be written.
    @Test
    void changesAddressesWhereSettingsAreReadOnly() throws Exception {
        inNamespace(() -> {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
            Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
            for (String which : List.of("all", "default")) {
                Files.writeString(Path.of("/proc/sys/net/ipv4/conf", which, "promote_secondaries"), "0\n");
            }
            output("mount --bind /proc/sys /proc/sys");
            output("mount -o remount,bind,ro /proc/sys");
            String first =
                    """
                    [Interface]
                    PrivateKey = %s
                    Address = 10.9.0.1/24, 10.9.0.2/24
                    [Peer]
                    PublicKey = %s
                    AllowedIPs = 10.77.0.0/16
                    """.formatted(key(), PrivateKey.of(Randomness.bytes(32)).publicKey());
            RealTunnel old = tunnel(first);
            run(old).up(old.request(false));
            assertThat(output("cat /proc/sys/net/ipv4/conf/" + NAME + "/promote_secondaries"))
                    .isEqualTo("0\n");
            RealTunnel now = tunnel(first.replace("10.9.0.1/24", "10.9.0.3/24"));
            run(now).reload(now.request(true));
            assertThat(output("ip -br -4 addr show dev " + NAME))
                    .contains(" 10.9.0.2/24 10.9.0.3/24")
                    .doesNotContain("10.9.0.1")
                    .doesNotContain("/32");
            assertThat(output("ip route show dev " + NAME)).contains("10.77.0.0/16", "10.9.0.0/24");
            run(now).down(now.request(false));
        });
    }

    @Test
    void reloadsToWhatTheFileSaysAndDownStillRemovesEverything() throws Exception {
        inNamespace(() -> {
            List<String> before = state();
            String first = file("true", ", 10.78.0.0/16");
            RealTunnel old = tunnel(first);
            run(old).up(old.request(false));
            String changed = first.replace("10.78.0.0", "10.79.0.0").replace("10.9.0.1", "10.9.0.2");
            RealTunnel now = tunnel(changed);
            List<Step> told = new ArrayList<>();
            now.run(root(), told::addAll).reload(now.request(true));
            assertThat(told).noneMatch(Step.AddRule.class::isInstance);
            assertThat(output("ip route")).contains("10.79.0.0/16 dev " + NAME).doesNotContain("10.78.0.0");
            assertThat(output("ip addr show dev " + NAME))
                    .contains("10.9.0.2/24")
                    .doesNotContain("10.9.0.1/24");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
            assertThat(state()).isEqualTo(before);
        });
    }

    private static String interfaceWith(String lines, String allowedIps) throws Exception {
        return "[Interface]\nPrivateKey = " + key() + "\n" + lines + "\n[Peer]\nPublicKey = "
                + PrivateKey.of(Randomness.bytes(32)).publicKey() + "\nAllowedIPs = " + allowedIps + "\n";
    }

    /// A link has an IPv6 address once, whatever its length, and without it routes lose it as their source.
    @Test
    void reloadGivesAnIPv6AddressAnotherLength() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("Address = fd07::1/64\nRoute = fd20::/32 dev br0 src fd07::1", "fd77::/16");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            RealTunnel now = tunnel(file.replace("fd07::1/64", "fd07::1/48"));
            run(now).reload(now.request(true));
            assertThat(output("ip -6 addr show dev " + NAME))
                    .contains("fd07::1/48")
                    .doesNotContain("fd07::1/64");
            assertThat(output("ip -6 route"))
                    .contains("fd20::/32 dev br0 proto 87 src fd07::1", "fd07::/48 dev", "fd77::");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
            assertThat(output("ip -6 route")).doesNotContain("fd20::", "fd77::");
        });
    }

    @Test
    void reloadTakesTheLastIPv4AddressAndLeavesTheRoutes() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("Address = 10.7.0.1/24, fd07::1/64", "10.77.0.0/16, 0.0.0.0/0");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            RealTunnel now = tunnel(file.replace("10.7.0.1/24, ", ""));
            run(now).reload(now.request(true));
            assertThat(output("ip -4 addr show dev " + NAME)).isEmpty();
            assertThat(output("ip route show table all"))
                    .contains("10.77.0.0/16 dev " + NAME, "default dev " + NAME + " table 51820");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
        });
    }

    /// Below 1280 the kernel takes IPv6 away from a link, and accepts none.
    @Test
    void reloadGrowsALinkBeforeIPv6ComesAndShrinksItAfterItIsGone() throws Exception {
        inNamespace(() -> {
            String with = interfaceWith("MTU = 1400\nAddress = 10.7.0.1/24, fd07::1/64", "10.77.0.0/16, fd77::/16");
            String without =
                    with.replace("1400", "1200").replace(", fd07::1/64", "").replace(", fd77::/16", "");
            RealTunnel small = tunnel(without);
            run(small).up(small.request(false));
            RealTunnel large = tunnel(with);
            for (int i = 0; i < 2; i++) {
                run(large).reload(large.request(true));
                assertThat(output("ip addr show dev " + NAME)).contains("mtu 1400", "fd07::1/64");
                assertThat(output("ip -6 route")).contains("fd77::/16 dev " + NAME);
                assertThat(run(large).planReload(large.request(true)).steps()).isEmpty();
                run(small).reload(small.request(true));
                assertThat(output("ip addr show dev " + NAME)).contains("mtu 1200", "10.7.0.1/24");
                assertThat(run(small).planReload(small.request(true)).steps()).isEmpty();
            }
            run(large).reload(large.request(true));
            output("ip link set mtu 1200 dev " + NAME);
            run(large).reload(large.request(true));
            assertThat(output("ip addr show dev " + NAME)).contains("mtu 1400", "fd07::1/64");
            run(large).down(large.request(false));
        });
    }

    /// With its own address the link loses its routes too; the hook would do it again.
    @Test
    void reloadLeavesWhatHooksHaveMade() throws Exception {
        inNamespace(() -> {
            String file = interfaceWith("""
                    Address = 10.7.0.1/24
                    PreUp = WGJ set %i peer TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0= allowed-ips 10.60.0.0/16
                    PostUp = ip address del 10.7.0.1/24 dev %i; ip address add 10.7.0.1 peer 10.7.0.2 dev %i
                    PostUp = ip route add 10.64.0.0/10 dev %i metric 300; ip link set %i mtu 1300
                    """.replace("WGJ", WGJ), "10.77.0.0/16");
            RealTunnel old = tunnel(file);
            run(old).up(old.request(false));
            assertThat(run(old).planReload(old.request(true)).steps()).isEmpty();
            RealTunnel now = tunnel(file.replace("10.77.0.0/16", "10.77.0.0/16, 10.78.0.0/16"));
            run(now).reload(now.request(true));
            assertThat(output("ip route"))
                    .contains("10.78.0.0/16 dev " + NAME + " proto 87", "10.64.0.0/10 dev " + NAME)
                    .doesNotContain("10.77.0.0/16");
            assertThat(output("ip addr show dev " + NAME)).contains("mtu 1300", "10.7.0.1 peer 10.7.0.2");
            assertThat(output(WGJ + " show " + NAME + " allowed-ips")).contains("10.60.0.0/16", "10.78.0.0/16");
            assertThat(run(now).planReload(now.request(true)).steps()).isEmpty();
            run(now).down(now.request(false));
        });
    }
}
