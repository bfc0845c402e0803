// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How much memory many peers take.
@Tag("namespace")
@Timeout(90)
class ManyPeersTest {
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    /// Each gets 10.x.y.0/24 of its own, an IPv6 address, and an endpoint where nothing listens.
    private Path peers(int count) throws IOException {
        byte[] key = new byte[32];
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            random.nextBytes(key);
            text.append("[Peer]\nPublicKey = ").append(Base64.getEncoder().encodeToString(key));
            text.append("\nAllowedIPs = 10.")
                    .append(i >> 8)
                    .append('.')
                    .append(i & 255)
                    .append(".0/24, fd00::");
            text.append(Integer.toHexString(i + 1))
                    .append("/128\nEndpoint = 192.0.2.2:")
                    .append(20_000 + i)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("peers.conf"), text);
    }

    private static long resident(Node node) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + node.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new AssertionError("no VmRSS");
    }

    @Tag("long")
    @Test
    void tenThousandPeersTakeLessThan250Megabytes() throws Exception {
        Host[] hosts = Host.connected();
        try (Host host = hosts[0];
                Host _ = hosts[1];
                Node node = new Node(Software.OURS, host, "wgitm")) {
            node.configure(1, 1420);

            Node.tool()
                    .with("addconf", node.name(), peers(10_000).toString())
                    .run()
                    .ok();

            assertThat(Node.wg("show wgitm endpoints").ok().stdout().lines()).hasSize(10_000);
            assertThat(Node.wg("show wgitm allowed-ips").ok().stdout()).contains("10.39.15.0/24 fd00::2710/128");
            assertThat(resident(node)).isLessThan(250 * MEGABYTE);

            Node.tool()
                    .with("syncconf", node.name(), peers(1_000).toString())
                    .run()
                    .ok();
            assertThat(Node.wg("show wgitm dump").ok().stdout().lines()).hasSize(1_001);
        }
    }

    /// A thousand peers that never answer, and 300 packets of 1000 bytes for each: 300 MB that have to go
    /// somewhere.
    @Tag("long")
    @Test
    void peersWithoutASessionHoldLittle() throws Exception {
        Host[] hosts = Host.connected();
        try (Host host = hosts[0];
                Host _ = hosts[1];
                Node node = new Node(Software.OURS, host, "wgitm")) {
            node.configure(1, 1420);
            host.ip("route add 10.0.0.0/8 dev wgitm");
            Node.tool()
                    .with("addconf", node.name(), peers(1_000).toString())
                    .run()
                    .ok();
            assertThat(resident(node)).as("configured").isLessThan(150 * MEGABYTE);

            host.on(() -> {
                try (DatagramSocket socket = new DatagramSocket()) {
                    for (int i = 0; i < 300_000; i++) {
                        int peer = i % 1_000;
                        byte[] address = {10, (byte) (peer >> 8), (byte) peer, 1};
                        socket.send(new DatagramPacket(new byte[1_000], 1_000, InetAddress.getByAddress(address), 9));
                    }
                    return null;
                }
            });

            assertThat(resident(node)).as("after the traffic").isLessThan(150 * MEGABYTE);
            assertThat(node.stat("drop tx staged overflow")).isPositive();
            assertThat(node.stat("tx failures")).isZero();
        }
    }
}
