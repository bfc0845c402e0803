// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A peer that has answered is sent nothing once the routing tables forbid it: no datagram, and no ARP or neighbour
/// request for its endpoint. Our engine is one end of the tunnel, sid's wireguard-go the other; each has to stand the
/// same test.
@Tag("namespace")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForbiddenRoutesTest {
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");
    private static final int PINGS = 4;

    private Ends ends;

    /// What forbids the endpoint `EP`, and what allows it again; `/L` is the length of a host's prefix.
    enum Block {
        BLACKHOLE("route add blackhole EP/L", "route del blackhole EP/L"),
        PROHIBIT("route add prohibit EP/L", "route del prohibit EP/L"),
        UNREACHABLE("route add unreachable EP/L", "route del unreachable EP/L"),
        RULE_BLACKHOLE("rule add to EP priority 99 blackhole", "rule del priority 99"),
        RULE_PROHIBIT("rule add to EP priority 99 prohibit", "rule del priority 99"),
        RULE_UNREACHABLE("rule add to EP priority 99 unreachable", "rule del priority 99"),
        NO_ROUTE("route flush dev eth0 table main", ""),
        LINK_DOWN("link set eth0 down", "link set eth0 up");

        private final String forbid;
        private final String allow;

        Block(String forbid, String allow) {
            this.forbid = forbid;
            this.allow = allow;
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Software software : new Software[] {Software.OURS, Software.SIDS}) {
            for (boolean ipv6 : new boolean[] {false, true}) {
                for (Block block : Block.values()) {
                    cases.add(Arguments.of(software, ipv6, block, "neighbour"));
                }
                cases.add(Arguments.of(software, ipv6, Block.BLACKHOLE, "behind the gateway"));
                cases.add(Arguments.of(software, ipv6, Block.NO_ROUTE, "behind the gateway"));
            }
        }
        return cases.stream();
    }

    @BeforeAll
    void start() throws Exception {
        ends = new Ends(Software.SIDS);
        for (Node end : new Node[] {ends.a, ends.b}) {
            Host host = end.host();
            int number = end == ends.a ? 1 : 2;
            host.ip("addr add " + address(number, false, false) + "/32 dev lo");
            host.ip("addr add " + address(number, true, false) + "/128 dev lo");
            host.ip("link set lo up");
            host.run(Command.of("sysctl", "-qw", "net.ipv6.conf.eth0.keep_addr_on_down=1"))
                    .ok();
            addRoutes(host, 3 - number);
            // Everything that comes in: datagrams for the tunnel, and requests for a neighbour's address.
            host.run(Command.of("nft", "-f", "-").stdin("""
                            table netdev watch {
                              chain in {
                                type filter hook ingress device eth0 priority 0;
                                udp dport { 51820, 51821 } counter
                                arp operation request counter
                                icmpv6 type nd-neighbor-solicit counter
                              }
                            }
                            """)).ok();
        }
    }

    @AfterAll
    void stop() {
        ends.close();
    }

    private static String address(int number, boolean ipv6, boolean near) {
        return (ipv6 ? near ? "2001:db8::" : "2001:db8:ff::" : near ? "192.0.2." : "198.51.100.") + number;
    }

    private static void addRoutes(Host host, int gateway) {
        host.ip("-4 route replace 192.0.2.0/24 dev eth0 src " + address(3 - gateway, false, true));
        host.ip("-6 route replace 2001:db8::/64 dev eth0");
        host.ip("-4 route replace default via " + address(gateway, false, true) + " dev eth0");
        host.ip("-6 route replace default via " + address(gateway, true, true) + " dev eth0");
    }

    /// @param requests whether requests for a neighbour's address count, too. Behind a gateway they do not: the kernel
    ///     asks for the gateway now and then, whatever we send
    private static long arrived(Host at, boolean requests) {
        String text = at.run(Command.of("nft", "list", "table", "netdev", "watch"))
                .ok()
                .stdout();
        Matcher matcher = PACKETS.matcher(text);
        long sum = 0;
        boolean counts = matcher.find();
        while (counts) {
            sum += Long.parseLong(matcher.group(1));
            counts = requests && matcher.find();
        }
        return sum;
    }

    @ParameterizedTest(name = "{0}, IPv6 {1}: {2}, {3}")
    @MethodSource("cases")
    void nothingLeavesForAPeerThatHasAnswered(Software software, boolean ipv6, Block block, String place)
            throws Exception {
        Node end = software == Software.OURS ? ends.a : ends.b;
        Node other = ends.other(end);
        boolean near = place.equals("neighbour");
        String endpoint = address(end == ends.a ? 2 : 1, ipv6, near);
        if (!near) {
            // wireguard-go answers from whatever address its host prefers.
            String back = address(end == ends.a ? 1 : 2, ipv6, true);
            run(other.host(), ipv6, "route replace " + back + " dev eth0 src " + endpoint);
        }
        meet(end, other, endpoint);

        String words = block.forbid.replace("EP", endpoint).replace("/L", ipv6 ? "/128" : "/32");
        run(end.host(), ipv6, words);
        try {
            // What is known of neighbours would be asked for anew in a while; and what crosses the tunnel the other way
            // teaches the source address again.
            end.host().ip("neigh flush all");
            long before = arrived(other.host(), near);
            for (int i = 0; i < PINGS; i++) {
                assertThat(Echo.once(end.host(), null, end == ends.a ? Ends.B4 : Ends.A4, 100, 50))
                        .isFalse();
                assertThat(Echo.once(other.host(), null, end == ends.a ? Ends.A4 : Ends.B4, 100, 50))
                        .isFalse();
            }

            assertThat(arrived(other.host(), near) - before).as("arrived").isZero();
        } finally {
            if (!block.allow.isEmpty()) {
                run(end.host(), ipv6, block.allow.replace("EP", endpoint).replace("/L", ipv6 ? "/128" : "/32"));
            }
            addRoutes(end.host(), end == ends.a ? 2 : 1);
        }
        ends.mustReach(end);
        ends.mustReach(other);
        if (!near) {
            run(other.host(), ipv6, "route del " + address(end == ends.a ? 1 : 2, ipv6, true) + " dev eth0");
        }
    }

    private static void run(Host host, boolean ipv6, String words) {
        host.ip((ipv6 ? "-6 " : "-4 ") + words);
    }

    private void meet(Node end, Node other, String endpoint) throws Exception {
        ends.know(other, "");
        ends.know(end, "");
        int port = end == ends.a ? Ends.PORT_B : Ends.PORT_A;
        String written = endpoint.contains(":") ? "[" + endpoint + "]:" + port : endpoint + ":" + port;
        end.set("peer " + other.publicKey() + " endpoint " + written);
        ends.mustReach(end);
        assertThat(end.show("endpoints")).isEqualTo(written);
    }
}
