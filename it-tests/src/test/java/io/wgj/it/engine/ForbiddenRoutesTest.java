// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import io.wgj.it.Command;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/// A peer that has answered is sent nothing once the routing tables forbid it: no datagram, and no ARP or
/// neighbour request for its endpoint. Our engine is one end of the tunnel, sid's wireguard-go the other;
/// each has to stand the same test.
@Tag("namespace")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForbiddenRoutesTest {
    private static final Pattern COUNTER = Pattern.compile("counter packets (\\d+) bytes \\d+ comment \"(.*)\"");
    private static final int PINGS = 4;

    private Ends ends;

    /// Whether datagrams have gone over IPv4 since sid's wireguard-go started.
    private boolean overIpv4;

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
            for (IpFamily family : IpFamily.values()) {
                for (Block block : Block.values()) {
                    cases.add(Arguments.of(software, family, block, "neighbour"));
                }
                cases.add(Arguments.of(software, family, Block.BLACKHOLE, "behind the gateway"));
                cases.add(Arguments.of(software, family, Block.NO_ROUTE, "behind the gateway"));
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
            host.ip("addr add " + address(number, IpFamily.V4, false) + "/32 dev lo");
            host.ip("addr add " + address(number, IpFamily.V6, false) + "/128 dev lo");
            host.ip("link set lo up");
            host.run(Command.of("sysctl", "-qw", "net.ipv6.conf.eth0.keep_addr_on_down=1"))
                    .ok();
            addRoutes(host, 3 - number);
            watch(host, number);
        }
    }

    @AfterAll
    void stop() {
        ends.close();
    }

    private static String address(int number, IpFamily family, boolean near) {
        return (family == IpFamily.V6 ? near ? "2001:db8::" : "2001:db8:ff::" : near ? "192.0.2." : "198.51.100.")
                + number;
    }

    private static void addRoutes(Host host, int gateway) {
        host.ip("-4 route replace 192.0.2.0/24 dev eth0 src " + address(3 - gateway, IpFamily.V4, true));
        host.ip("-6 route replace 2001:db8::/64 dev eth0");
        host.ip("-4 route replace default via " + address(gateway, IpFamily.V4, true) + " dev eth0");
        host.ip("-6 route replace default via " + address(gateway, IpFamily.V6, true) + " dev eth0");
    }

    /// Counts what comes in for each of the host's two addresses, the near one and the one behind the
    /// gateway. Datagrams count, and requests for an address by ARP or by neighbour solicitation. The near
    /// address is also the gateway's, and the kernel asks for a gateway at times that no engine decides. So
    /// each address has its own counter.
    private static void watch(Host host, int number) {
        StringBuilder rules = new StringBuilder();
        rules.append("udp dport { 51820, 51821 } counter comment \"datagrams\"\n");
        for (boolean near : new boolean[] {true, false}) {
            String v4 = address(number, IpFamily.V4, near);
            String v6 = address(number, IpFamily.V6, near);
            rules.append("arp operation request arp daddr ip " + v4 + " counter comment \"" + v4 + "\"\n");
            // The target of a solicitation follows the first eight bytes of ICMPv6; nft 1.0.6 has no word for it.
            rules.append("icmpv6 type nd-neighbor-solicit @th,64,128 " + hex(v6) + " counter comment \"" + v6 + "\"\n");
        }
        String chain = "chain in {\n type filter hook ingress device eth0 priority 0;\n" + rules + "}\n";
        String table = "table netdev watch {\n" + chain + "}\n";
        host.run(Command.of("nft", "-f", "-").stdin(table)).ok();
    }

    private static String hex(String ipv6) {
        return "0x" + HexFormat.of().formatHex(InetAddress.ofLiteral(ipv6).getAddress());
    }

    /// What has come in at a host on account of an endpoint of its own, so far.
    private static Map<String, Long> arrived(Host at, String endpoint) {
        String text = at.run(Command.of("nft", "list", "table", "netdev", "watch"))
                .ok()
                .stdout();
        Map<String, Long> counts = new TreeMap<>();
        Matcher matcher = COUNTER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(2);
            if (name.equals("datagrams") || name.equals(endpoint)) {
                counts.put(name, Long.valueOf(matcher.group(1)));
            }
        }
        assertThat(counts).containsOnlyKeys("datagrams", endpoint);
        return counts;
    }

    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @MethodSource("cases")
    @Tag("long")
    void nothingLeavesForAPeerThatHasAnswered(Software software, IpFamily family, Block block, String place)
            throws Exception {
        if (family == IpFamily.V6 && overIpv4) {
            // wireguard-go of 2025 reuses addresses: after IPv4 it sends IPv6 datagrams to the first four bytes alone.
            ends.b.restart();
            ends.configure(ends.b, 1420);
        }
        overIpv4 = family == IpFamily.V4;
        Node end = software == Software.OURS ? ends.a : ends.b;
        Node other = ends.other(end);
        boolean near = place.equals("neighbour");
        String endpoint = address(end == ends.a ? 2 : 1, family, near);
        if (!near) {
            // wireguard-go answers from the address that its host prefers.
            String back = address(end == ends.a ? 1 : 2, family, true);
            run(other.host(), family, "route replace " + back + " dev eth0 src " + endpoint);
        }
        meet(end, other, endpoint);

        String words = block.forbid.replace("EP", endpoint).replace("/L", "/" + family.bits());
        run(end.host(), family, words);
        try {
            // The kernel would ask for its neighbours again after a while; and packets in the other direction
            // teach the source address again.
            end.host().ip("neigh flush all");
            Map<String, Long> before = arrived(other.host(), endpoint);
            for (int i = 0; i < PINGS; i++) {
                assertThat(Echo.once(end.host(), null, end == ends.a ? Ends.B4 : Ends.A4, 100, 50))
                        .isFalse();
                assertThat(Echo.once(other.host(), null, end == ends.a ? Ends.A4 : Ends.B4, 100, 50))
                        .isFalse();
            }

            assertThat(arrived(other.host(), endpoint)).as("arrived").isEqualTo(before);
        } finally {
            if (!block.allow.isEmpty()) {
                run(end.host(), family, block.allow.replace("EP", endpoint).replace("/L", "/" + family.bits()));
            }
            addRoutes(end.host(), end == ends.a ? 2 : 1);
        }
        ends.mustReach(end);
        ends.mustReach(other);
        if (!near) {
            run(other.host(), family, "route del " + address(end == ends.a ? 1 : 2, family, true) + " dev eth0");
        }
    }

    private static void run(Host host, IpFamily family, String words) {
        host.ip("-" + family.version() + " " + words);
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
