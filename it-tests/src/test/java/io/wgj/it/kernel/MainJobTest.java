// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import io.wgj.it.Reference;
import io.wgj.it.cases.Keys;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The main job: two machines, here two namespaces, each configured by `./wgj` from a file, reach each other, and
/// `./wgj show` reports it.
@Tag("kernel")
@ExtendWith(NetNamespaces.class)
class MainJobTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void twoDevicesConfiguredFromFilesReachEachOther(NetNamespace left, NetNamespace right) throws Exception {
        ip(left, "link add wire type veth peer name wire netns " + right.name(), "address add 192.0.2.1/24 dev wire");
        ip(right, "address add 192.0.2.2/24 dev wire");
        for (NetNamespace end : List.of(left, right)) {
            ip(end, "link set wire up", "link add wg0 type wireguard");
        }
        configure(left, "<PRIV>", "<PUBK1>", "10.77.0.2/32, fd77::2/128", "Endpoint = 192.0.2.2:51820");
        configure(right, "<K1>", "<PUB>", "10.77.0.1/32, fd77::1/128", "");
        ip(left, "address add 10.77.0.1/24 dev wg0", "address add fd77::1/64 dev wg0", "link set wg0 up");
        ip(right, "address add 10.77.0.2/24 dev wg0", "address add fd77::2/64 dev wg0", "link set wg0 up");

        for (String target : List.of("10.77.0.2", "10.77.0.2", "fd77::2")) {
            assertThat(answers(left, target)).as("answer from %s", target).isTrue();
        }

        String shown = left.run(Product.wgj("show", "wg0")).ok().stdout();
        assertThat(shown)
                .startsWith(Keys.base64("interface: wg0\n  public key: <PUB>\n  private key: (hidden)\n"))
                .contains(Keys.base64("peer: <PUBK1>\n  endpoint: 192.0.2.2:51820\n"))
                .containsPattern("latest handshake: ([0-9]+ seconds? ago|Now)\n")
                // A handshake and three echoes each way.
                .containsPattern("transfer: [3-9][0-9]{2} B received, [3-9][0-9]{2} B sent\n");
        String json = right.run(Product.wgj("show", "wg0", "--json")).ok().stdout();
        assertThat(json)
                .contains(Keys.base64("\"publicKey\":\"<PUB>\""), "\"endpoint\":\"192.0.2.1:51820\"")
                .containsPattern("\"latestHandshake\":\"2[0-9]{3}-[0-9-]{5}T[0-9:]{8}Z\"")
                .containsPattern("\"transferRx\":[3-9][0-9]{2}")
                .containsPattern("\"transferTx\":[3-9][0-9]{2}");
        assertThat(right.run(Product.wg("show", "all", "dump")))
                .isEqualTo(right.run(Reference.wg("show", "all", "dump")));
    }

    private void configure(NetNamespace end, String key, String peer, String allowedIps, String endpoint)
            throws Exception {
        Path file = Files.writeString(
                folder.resolve(end.name() + ".conf"),
                Keys.base64("""
                [Interface]
                PrivateKey = %s
                ListenPort = 51820
                [Peer]
                PublicKey = %s
                AllowedIPs = %s
                """.formatted(key, peer, allowedIps) + endpoint + "\n"));
        end.run(Product.wgj("setconf", "wg0", file.toString())).ok();
    }

    private static void ip(NetNamespace namespace, String... lines) {
        Command.of("ip", "-n", namespace.name(), "-batch", "-")
                .stdin(String.join("\n", lines) + "\n")
                .run()
                .ok();
    }

    /// Whether `target` answers an ICMP echo from in there, within five seconds.
    private static boolean answers(NetNamespace from, String target) throws Exception {
        return Namespaces.on(() -> {
            try (NativeFile namespace = NativeFile.open("/run/netns/" + from.name())) {
                Namespaces.enter(namespace, Namespaces.CLONE_NEWNET);
            }
            return InetAddress.getByName(target).isReachable(5_000);
        });
    }
}
