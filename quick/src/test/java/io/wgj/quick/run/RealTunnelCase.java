// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.Randomness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// What tests with real tunnels share: a network namespace of their own, and files of tunnels in it.
abstract class RealTunnelCase {
    /// Our own build; `wg` need not be installed.
    static final String WGJ = System.getProperty("wgj.root") + "/wgj";

    static final String NAME = "wgjq" + ProcessHandle.current().pid() % 100_000;

    @TempDir
    Path folder;

    /// The state of the host that a tunnel could change.
    static List<String> state() throws Exception {
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

    static String output(String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" ", -1))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
        return output;
    }

    /// The part of a test that runs in the namespace.
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    static void inNamespace(Body body) throws Exception {
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
                // Otherwise a userspace implementation would outlive the namespace and block the next test.
                new ProcessBuilder("ip", "link", "delete", "dev", NAME).start().waitFor();
                awaitNoLink();
            }
            return true;
        });
    }

    static String key() throws Exception {
        return PrivateKey.of(Randomness.bytes(32)).toBase64();
    }

    static String file(String postUp, String moreIps) throws Exception {
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

    static String interfaceWith(String lines, String allowedIps) throws Exception {
        return "[Interface]\nPrivateKey = " + key() + "\n" + lines + "\n[Peer]\nPublicKey = "
                + PrivateKey.of(Randomness.bytes(32)).publicKey() + "\nAllowedIPs = " + allowedIps + "\n";
    }

    RealTunnel tunnel(String file) {
        return new RealTunnel(new InterfaceName(NAME), file);
    }

    String root() {
        return folder.resolve("wgj").toString();
    }

    QuickRun run(RealTunnel tunnel) {
        return tunnel.run(root(), steps -> {});
    }

    /// A userspace implementation exits some time after its link is deleted.
    static void awaitNoLink() throws Exception {
        Path socket = Path.of("/var/run/wireguard", NAME + ".sock");
        for (int i = 0; Files.exists(socket); i++) {
            assertThat(i)
                    .as("a userspace implementation still serves " + socket)
                    .isLessThan(2000);
            Thread.sleep(10);
        }
    }
}
