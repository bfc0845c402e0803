// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.it.Daemon;
import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.it.Product;
import io.wgj.it.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Ours and the original on a wireguard-go: it lists its peers in another order each time and its counters
/// move, so one answer is recorded and played to both.
@Tag("namespace")
@ExtendWith(NetNamespaces.class)
class RecordedDeviceTest {
    private static final Path SOCKETS = Path.of("/run/wireguard");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void bothShowTheSameOfOneAnswer(NetNamespace namespace) throws IOException {
        String answer;
        try (Daemon daemon = Daemon.start(namespace, "wgrec0")) {
            namespace.run(Product.wg("setconf", "wgrec0", config(""))).ok();
            answer = ask(daemon.socket());
        }
        assertThat(answer).contains("preshared_key=", "allowed_ip=fd00::/64\n", "errno=0\n\n");

        try (MockUapiServer _ = new MockUapiServer(SOCKETS.resolve("wgrec0.sock"), MockReplies.EMPTY.withGet(answer))) {
            for (String words : List.of(
                    "show wgrec0",
                    "show wgrec0 dump",
                    "show all dump",
                    "show wgrec0 allowed-ips",
                    "show all endpoints",
                    "show wgrec0 preshared-keys",
                    "showconf wgrec0")) {
                String[] list = words.split(" ", -1);
                assertThat(Product.wg(list).run())
                        .as(words)
                        .isEqualTo(Reference.wg(list).run());
            }
        }
    }

    @Test
    @Case("M04")
    void whatOneToolWritesTheOtherRestores(NetNamespace namespace) throws IOException {
        try (Daemon _ = Daemon.start(namespace, "wgrec1")) {
            namespace.run(Reference.wg("setconf", "wgrec1", config(""))).ok();
            String before = namespace.run(Product.wg("showconf", "wgrec1")).ok().stdout();
            Path saved = Files.writeString(folder.resolve("saved"), before, ISO_8859_1);
            namespace
                    .run(Reference.wg("setconf", "wgrec1", config("ListenPort = 1\n")))
                    .ok();

            namespace.run(Product.wg("setconf", "wgrec1", saved.toString())).ok();

            String after =
                    namespace.run(Reference.wg("showconf", "wgrec1")).ok().stdout();
            assertThat(sections(after)).isEqualTo(sections(before));
        }
    }

    private String config(String more) throws IOException {
        StringBuilder text = new StringBuilder("[Interface]\nPrivateKey = <PRIV>\nListenPort = 51833\n" + more);
        text.append("[Peer]\nPublicKey = <K1>\nPresharedKey = <K2>\nEndpoint = [2001:db8::1]:5\n");
        text.append("AllowedIPs = 10.0.0.0/8, fd00::/64\nPersistentKeepalive = 25\n");
        text.append("[Peer]\nPublicKey = <K2>\nAllowedIPs = 0.0.0.0/0, ::/0\n[Peer]\nPublicKey = <PUBK1>\n");
        Path file = Files.writeString(folder.resolve("config"), Keys.base64(text.toString()), ISO_8859_1);
        return file.toString();
    }

    /// The sections, in no order.
    private static Map<String, Long> sections(String config) {
        return List.of(config.strip().split("\n\n", -1)).stream()
                .collect(Collectors.groupingBy(section -> section, Collectors.counting()));
    }

    private static String ask(Path socket) throws IOException {
        try (UnixSocketChannel channel = UnixSocketChannel.open(new UnixSocketAddress(socket.toFile()))) {
            Channels.newOutputStream(channel).write("get=1\n\n".getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            InputStream in = Channels.newInputStream(channel);
            while (answer.indexOf("\n\n") < 0) {
                int got = in.read();
                assertThat(got).as("a whole answer").isNotNegative();
                answer.append((char) got);
            }
            return answer.toString();
        }
    }
}
