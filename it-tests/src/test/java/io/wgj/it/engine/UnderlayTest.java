// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Ran;
import java.net.DatagramSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the network outside sees of our engine: marks, ports, source addresses.
@Tag("namespace")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnderlayTest {
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

    private Ends ends;

    @BeforeAll
    void start() throws Exception {
        ends = new Ends(Software.OURS);
        ends.a.host().run(Command.of("nft", "-f", "-").stdin("""
                        table inet wgit {
                          chain out {
                            type filter hook output priority 0;
                            meta mark 0x51 udp dport 51821 counter
                          }
                        }
                        """)).ok();
    }

    @AfterAll
    void stop() {
        ends.close();
    }

    private long marked() {
        Ran ran = ends.a
                .host()
                .run(Command.of("nft", "list", "table", "inet", "wgit"))
                .ok();
        Matcher matcher = PACKETS.matcher(ran.stdout());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theMarkIsOnEveryDatagramFromWhenItIsSetUntilItIsRemoved(boolean ipv6) throws Exception {
        ends.meet(ends.a, ipv6, "");
        ends.mustReach(ends.a);
        long before = marked();

        ends.a.set("fwmark 0x51");
        ends.mustReach(ends.a);
        assertThat(marked()).isEqualTo(before + 2);

        ends.a.set("listen-port 51900");
        ends.mustReach(ends.a);
        assertThat(marked()).as("after binding again").isEqualTo(before + 4);

        ends.a.set("fwmark 0 listen-port " + Ends.PORT_A);
        ends.mustReach(ends.a);
        assertThat(marked()).isEqualTo(before + 4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersComeFromTheAddressThatWasAsked(boolean ipv6) throws Exception {
        String address = ipv6 ? "2001:db8::33" : "192.0.2.33";
        ends.b.host().ip("addr add " + address + (ipv6 ? "/64 dev eth0 nodad" : "/24 dev eth0"));
        String endpoint = (ipv6 ? "[" + address + "]" : address) + ":" + Ends.PORT_B;
        ends.meet(ends.a);
        ends.a.set("peer " + ends.b.publicKey() + " endpoint " + endpoint);

        ends.mustReach(ends.a);
        ends.mustReach(ends.b);

        assertThat(ends.a.show("endpoints")).isEqualTo(endpoint);
    }

    @Test
    void aPortThatIsTakenIsRefusedAndTheOldOneGoesOn() throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);
        try (DatagramSocket _ = ends.b.host().on(() -> new DatagramSocket(52_000))) {
            Ran ran = Node.wg("set " + ends.b.name() + " listen-port 52000");

            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.stderr()).contains("Address already in use");
        }
        assertThat(Node.wg("show " + ends.b.name() + " listen-port").stdout().strip())
                .isEqualTo(Integer.toString(Ends.PORT_B));
        ends.mustReach(ends.a);
    }

    @Test
    void aLinkThatWasDownGoesOnWithItsSettings() throws Exception {
        ends.meet(ends.a);
        ends.mustReach(ends.a);

        ends.b.host().ip("link set " + ends.b.name() + " down");
        assertThat(Echo.once(ends.a.host(), null, Ends.B4, 100, 200)).isFalse();
        ends.b.host().ip("link set " + ends.b.name() + " up");
        ends.b.host().ip("addr replace " + Ends.B6 + "/64 dev " + ends.b.name() + " nodad");

        ends.mustReach(ends.b);
        ends.mustReach(ends.a);
    }
}
