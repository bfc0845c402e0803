// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
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
import org.junit.jupiter.params.provider.EnumSource;
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
    @EnumSource(IpFamily.class)
    void theMarkIsOnEveryDatagramFromWhenItIsSetUntilItIsRemoved(IpFamily family) throws Exception {
        ends.meet(ends.a, family, "");
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
    @EnumSource(IpFamily.class)
    void answersComeFromTheAddressThatWasAsked(IpFamily family) throws Exception {
        boolean ipv6 = family == IpFamily.V6;
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

    @Test
    void whoIsAnsweredThroughOneLinkIsSentToThroughAnotherWhenTheRouteMoves() throws Exception {
        Host one = ends.a.host();
        Host two = ends.b.host();
        one.ip("link add eth1 type veth peer name eth1 netns " + two.name());
        one.ip("addr add 198.51.100.1/24 dev eth1");
        two.ip("addr add 198.51.100.2/24 dev eth1");
        one.ip("link set eth1 up");
        two.ip("link set eth1 up");
        try {
            ends.meet(ends.a);
            ends.mustReach(ends.a);
            ends.mustReach(ends.b);
            assertThat(ends.a.show("endpoints")).as("before").isEqualTo("192.0.2.2:" + Ends.PORT_B);

            two.ip("route add 192.0.2.1/32 via 198.51.100.1 dev eth1");
            long deadline = System.nanoTime() + 10_000_000_000L;
            do {
                ends.mustReach(ends.b);
            } while (!ends.a.show("endpoints").startsWith("198.51.100.2:") && System.nanoTime() < deadline);

            assertThat(ends.a.show("endpoints")).as("behind").isEqualTo("198.51.100.2:" + Ends.PORT_B);
        } finally {
            one.ip("link del eth1");
        }
    }

    /// As the kernel module looks up: with the address that datagrams came to, and another one where that
    /// leads elsewhere.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsHeardThroughOneLinkIsAnsweredFromThatAddressOnlyIfRoutingLeadsThere(boolean rule) throws Exception {
        Host one = ends.a.host();
        Host two = ends.b.host();
        one.ip("link add eth1 type veth peer name eth1 netns " + two.name());
        one.ip("addr add 198.51.100.1/24 dev eth1");
        two.ip("addr add 198.51.100.2/24 dev eth1");
        one.ip("link set eth1 up");
        two.ip("link set eth1 up");
        two.run(Command.of("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.eth1.rp_filter=0"))
                .ok();
        // Datagrams reach eth1, from the address of eth0: that is where the main table leads back to.
        one.ip("route add 198.51.100.2/32 dev eth1 src 192.0.2.1");
        try {
            if (rule) {
                two.ip("rule add from 198.51.100.2 priority 77 lookup 77");
                two.ip("route add default via 198.51.100.1 dev eth1 table 77");
            }
            ends.meet(ends.a);
            ends.a.set("peer " + ends.b.publicKey() + " endpoint 198.51.100.2:" + Ends.PORT_B);
            String expected = (rule ? "198.51.100.2:" : "192.0.2.2:") + Ends.PORT_B;

            long deadline = System.nanoTime() + 10_000_000_000L;
            do {
                ends.mustReach(ends.a);
            } while (!ends.a.show("endpoints").equals(expected) && System.nanoTime() < deadline);
            // A change of routes that concerns no peer.
            two.ip("route add 203.0.113.0/24 dev eth0");
            for (int i = 0; i < 20; i++) {
                ends.mustReach(ends.a);
                ends.mustReach(ends.b);
                Thread.sleep(100);
            }

            assertThat(ends.a.show("endpoints")).isEqualTo(expected);
        } finally {
            one.ip("link del eth1");
            two.ip("route del 203.0.113.0/24 dev eth0");
            if (rule) {
                two.ip("rule del priority 77");
            }
        }
    }
}
