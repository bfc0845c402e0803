// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PrivateKey;
import io.wgj.it.Ran;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A hub that forwards, a spoke of ours that sends everything through it, and a spoke of the original wg-quick
/// with wireguard-go: in containers with no right but `NET_ADMIN`. Where the kernel has WireGuard, all three use
/// it.
@Tag("containers")
class HubAndSpokesTest {
    private static final PrivateKey HUB = key(1);
    private static final PrivateKey OURS = key(2);
    private static final PrivateKey ORIGINAL = key(3);

    private static final Map<String, String> PLAIN = Map.of("net.ipv6.conf.all.disable_ipv6", "0");
    private static final Map<String, String> FORWARDS = Map.of(
            "net.ipv6.conf.all.disable_ipv6", "0", "net.ipv4.ip_forward", "1", "net.ipv6.conf.all.forwarding", "1");
    private static final Map<String, String> LOOKS_AT_MARKS =
            Map.of("net.ipv6.conf.all.disable_ipv6", "0", Node.SRC_VALID_MARK, "1");

    private Node hub;
    private Node ours;
    private Node original;

    @BeforeEach
    void start() {
        hub = Node.start(FORWARDS);
        ours = Node.start(LOOKS_AT_MARKS);
        original = Node.start(PLAIN);
        // An address that only the default route leads to.
        hub.run("ip addr add 198.51.100.1/32 dev lo").ok();
        hub.configure("""
                [Interface]
                PrivateKey = %s
                Address = 10.77.0.1/24, fd77::1/64
                ListenPort = 51820
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.77.0.2/32, fd77::2/128
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.77.0.3/32, fd77::3/128
                """.formatted(
                        HUB.toBase64(),
                        OURS.publicKey().toBase64(),
                        ORIGINAL.publicKey().toBase64()));
        ours.configure(spoke(OURS, 2, "0.0.0.0/0, ::/0"));
        original.configure(spoke(ORIGINAL, 3, "10.77.0.0/24, fd77::/64"));
    }

    @AfterEach
    void stop() {
        for (Node node : List.of(hub, ours, original)) {
            node.close();
        }
    }

    @Test
    void hubAndSpokesReachEachOtherAndLeaveNothingBehind() {
        List<String> before = states();
        hub.run("wgj-quick up wg0").ok();
        ours.run("wgj-quick up wg0").ok();
        original.run("wg-quick up wg0").ok();
        for (Node node : List.of(hub, ours, original)) {
            // Its one right (bit 12), and an engine where the kernel has none.
            assertThat(node.run("grep CapBnd /proc/self/status").stdout()).endsWith("\t0000000000001000\n");
            assertThat(node.run("test -S /run/wireguard/wg0.sock").exit() == 0)
                    .isEqualTo(node.run("ip link add wg9 type wireguard").exit() != 0);
            node.run("ip link del wg9");
        }

        for (Node node : List.of(hub, ours, original)) {
            for (int host = 1; host <= 3; host++) {
                node.run("ping -n -q -c 2 -W 5 10.77.0." + host).ok();
                node.run("ping -n -q -c 2 -W 5 fd77::" + host).ok();
            }
        }
        // Everything, so also what no peer was named for; and not past the tunnel.
        ours.run("ping -n -q -c 2 -W 5 198.51.100.1").ok();
        assertThat(ours.run("ip route get 198.51.100.1").ok().stdout()).contains(" dev wg0 ");
        assertThat(original.run("ip route get 198.51.100.1").ok().stdout()).contains(" dev eth0 ");

        megabytes(ours, original, "10.77.0.3");
        megabytes(original, ours, "fd77::2");

        Ran show = hub.run("wgj show wg0").ok();
        assertThat(show.stdout())
                .contains(OURS.publicKey().toBase64(), ORIGINAL.publicKey().toBase64())
                .contains("endpoint: " + ours.address() + ":", "endpoint: " + original.address() + ":")
                .contains("latest handshake: ", " MiB received, ");

        hub.run("wgj-quick down wg0").ok();
        ours.run("wgj-quick down wg0").ok();
        original.run("wg-quick down wg0").ok();
        assertThat(states()).isEqualTo(before);
    }

    @Test
    void whereTheSettingIsWrongAndCannotBeWrittenUpSaysSoAndTakesAllBack() {
        original.configure(spoke(ORIGINAL, 3, "0.0.0.0/0"));
        String before = original.state();

        Ran up = original.run("wgj-quick up wg0");

        assertThat(up.exit()).isNotZero();
        assertThat(up.stderr()).contains(Node.SRC_VALID_MARK).containsIgnoringCase("read-only");
        assertThat(original.state()).isEqualTo(before);
    }

    /// Ten megabytes over TCP from one to the other.
    private static void megabytes(Node from, Node to, String address) {
        to.run("iperf3 --server --one-off --daemon").ok();
        Ran client = from.run("iperf3 --client " + address + " --bytes 10M");
        assertThat(client.exit()).as(client.stdout() + client.stderr()).isZero();
    }

    private List<String> states() {
        return List.of(hub.state(), ours.state(), original.state());
    }

    private String spoke(PrivateKey key, int host, String allowed) {
        return """
                [Interface]
                PrivateKey = %s
                Address = 10.77.0.%d/24, fd77::%d/64
                [Peer]
                PublicKey = %s
                Endpoint = %s:51820
                AllowedIPs = %s
                PersistentKeepalive = 25
                """.formatted(key.toBase64(), host, host, HUB.publicKey().toBase64(), hub.address(), allowed);
    }

    private static PrivateKey key(int fill) {
        byte[] random = new byte[32];
        Arrays.fill(random, (byte) fill);
        return PrivateKey.fromRandom(random);
    }
}
