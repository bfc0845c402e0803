// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRouteSyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default dev ppp0 table 11                        | -4 | default dev ppp0 table 11
            0.0.0.0/0 dev ppp0                               | -4 | default dev ppp0
            all oif ppp0                                     | -4 | default dev ppp0
            -6 default dev ppp0                              | -6 | default dev ppp0
            default via fe80::1 dev eth0                     | -6 | default via fe80::1 dev eth0
            default via 192.0.2.1                            | -4 | default via 192.0.2.1
            10.1.2.3 dev a                                   | -4 | 10.1.2.3/32 dev a
            10/8 dev a                                       | -4 | 10.0.0.0/8 dev a
            10.0.0.0/255.0.0.0 dev a                         | -4 | 10.0.0.0/8 dev a
            to fd00::/8 dev a metric 3                       | -6 | fd00::/8 dev a metric 3
            unicast 10.0.0.0/8 dev a table main              | -4 | 10.0.0.0/8 dev a
            10.0.0.0/8 dev a table 0x20                      | -4 | 10.0.0.0/8 dev a table 32
            10.0.0.0/8 dev a table 254                       | -4 | 10.0.0.0/8 dev a
            10.0.0.0/8 dev a table 4294967295                | -4 | 10.0.0.0/8 dev a table 4294967295
            blackhole 1.2.3.0/24 proto 87                    | -4 | blackhole 1.2.3.0/24 proto 87
            throw default table 99 metric 7                  | -4 | throw default table 99 metric 7
            -6 unreachable fd00::/8                          | -6 | unreachable fd00::/8
            prohibit 10.0.0.0/8                              | -4 | prohibit 10.0.0.0/8
            9.9.9.9 dev a mtu lock 1300 scope global src 10.0.0.1 | -4 | 9.9.9.9/32 dev a src 10.0.0.1 mtu lock 1300 scope global
            9.9.9.9 dev a mtu 1300 scope 253 protocol static | -4 | 9.9.9.9/32 dev a mtu 1300 proto static
            default via inet6 fe80::1 dev a onlink           | -4 | default via inet6 fe80::1 dev a onlink
            default via inet 10.0.0.1 dev a                  | -4 | default via 10.0.0.1 dev a
            local 10.0.0.9 dev lo                            | -4 | local 10.0.0.9/32 dev lo
            10.0.0.0/8 dev a proto boot preference 5         | -4 | 10.0.0.0/8 dev a metric 5
            10.0.0.0/8 tos 10 dev a                          | -4 | 10.0.0.0/8 dev a tos 0x10
            10.0.0.0/8 dev a dsfield AF11 realms 1/2         | -4 | 10.0.0.0/8 dev a tos 0x28 realms 1/2
            -6 fd00::/8 dev a pref high                      | -6 | fd00::/8 dev a pref high
            -6 fd00::/8 dev a pref medium                    | -6 | fd00::/8 dev a
            10.0.0.0/8 dev a initrwnd 8 advmss lock 1300 initcwnd 7 | -4 | 10.0.0.0/8 dev a advmss lock 1300 initcwnd 7 initrwnd 8
            10.0.0.0/8 dev a mtu 1300 hoplimit 3 quickack 1 congctl reno features ecn window 9 | -4 | 10.0.0.0/8 dev a mtu 1300 window 9 hoplimit 3 features ecn quickack 1 congctl reno
            10.0.0.0/8 dev a rtt 100ms rttvar 1s rto_min 5ms | -4 | 10.0.0.0/8 dev a rtt 800 rttvar 4000 rto_min 5
            010.1.0.0/16 dev a metric +5                     | -4 | 8.1.0.0/16 dev a metric 5
            0x0b.2/0x10 dev a metric 010                     | -4 | 11.2.0.0/16 dev a metric 8
            +5.0.0.0/+8 dev a table +77                      | -4 | 5.0.0.0/8 dev a table 77
            13/010 via 8.1 dev a src 8.1.0.05                | -4 | 13.0.0.0/8 via 8.1.0.0 dev a src 8.1.0.5
            14.0.0.0/0377.0.0.0 dev a tos +10                | -4 | 14.0.0.0/8 dev a tos 0x10
            fd00::/+16 dev a proto +9                        | -6 | fd00::/16 dev a proto ra
            10.0.0.0/8 dev a rtt 010ms rto_min 0x10ms        | -4 | 10.0.0.0/8 dev a rtt 64 rto_min 16
            10.0.0.0/8 dev a features ecn tcp_usec_ts reordering 4 ssthresh 5 cwnd lock 6 fastopen_no_cookie 1 | -4 | 10.0.0.0/8 dev a ssthresh 5 cwnd lock 6 reordering 4 features ecn tcp_usec_ts fastopen_no_cookie 1
            """)
    void readsWhatIpReadsAndWritesWhatIpTakes(String text, String family, String words) throws WordException {
        Route route = parse(text);

        assertThat("-" + route.family().version()).isEqualTo(family);
        assertThat(IpRouteSyntax.format(route, TableNames.STANDARD)).isEqualTo(words);
        assertThat(parse(family + " " + words)).as("written and read again").isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -4                              | 1 | ''        | a value is missing behind `route add'
            10.0.0.1/8 dev a                | 0 | 10.0.0.1/8 | bits are set behind the prefix
            10.0.0.0/33 dev a               | 0 | 10.0.0.0/33 | a prefix length is 0 to 32
            fd00::/129 dev a                | 0 | fd00::/129 | a prefix length is 0 to 128
            10.0.0.0/255.0.255.0 dev a      | 0 | 10.0.0.0/255.0.255.0 | a prefix length is 0 to 32
            -6 10.0.0.0/8 dev a             | 1 | 10.0.0.0/8 | IPv6 is expected, as before
            10.0.0.0/8 via fe80::1          | 2 | fe80::1   | IPv4 is expected, as before
            10.0.0.0/8 via inet6 10.0.0.1   | 3 | 10.0.0.1  | an address of family inet6 is expected
            default dev                     | 2 | ''        | a value is missing behind `dev'
            default                         | 1 | ''        | a route needs `dev' or `via'
            default dev a table nobody      | 4 | nobody    | neither a number nor the name of a routing table
            default dev a table 4294967296  | 4 | 4294967296 | neither a number nor the name of a routing table
            default dev a metric -1         | 4 | -1        | a metric is a number from 0 to 4294967295
            default dev a mtu lock          | 5 | ''        | a value is missing behind `lock'
            default dev a scope wide        | 4 | wide      | a scope is a name that wgj knows or a number from 0 to 255
            default dev a proto 256         | 4 | 256       | a routing protocol is a name that wgj knows or a number from 0 to 255
            default dev a quickack 2        | 4 | 2         | quickack is a number from 0 to 1
            default dev a features red      | 4 | red       | features are ecn and tcp_usec_ts
            default dev a pref best         | 4 | best      | a preference is low, medium or high
            default dev a rtt 5 h           | 5 | h         | not a word of routes that wgj knows (via, dev, src, table, metric, mtu, scope, protocol, onlink, tos, realms, pref, advmss, hoplimit, initcwnd, initrwnd, quickack, congctl, features, window, rtt, rttvar, rto_min, reordering, ssthresh, cwnd, fastopen_no_cookie)
            default dev a rtt 5h            | 4 | 5h        | rtt is a number, or a time such as 100ms or 1s
            default nexthop via 10.0.0.1    | 1 | nexthop   | routes of several ways are not made; write the whole command into PostUp, and its opposite into PreDown
            default nhid 5                  | 1 | nhid      | objects of `ip nexthop' are not used; write the whole command into PostUp, and its opposite into PreDown
            default dev a expires 60        | 3 | expires   | a route of a tunnel stays until the tunnel goes; write the whole command into PostUp, and its opposite into PreDown
            default encap mpls 100          | 1 | encap     | packets are not wrapped by routes; write the whole command into PostUp, and its opposite into PreDown
            default dev a/b                 | 2 | a/b       | a device's name has 1 to 15 characters, without blanks, `/' and `:'
            any dev a                       | 0 | any       | an IPv4 or IPv6 prefix is expected
            nowhere dev a                   | 0 | nowhere   | an IPv4 or IPv6 prefix is expected
            """)
    void namesTheWordThatIsWrong(String text, int index, String word, String reason) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(WordException.class, e -> {
            assertThat(e.index()).isEqualTo(index);
            assertThat(e.word()).isEqualTo(word);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "fe80::1",
                "1::",
                "2001:db8::1:0:0:1",
                "1:2:3:4:5:6:7:8",
                "::ffff:1.2.3.4",
                "::1.2.3.4",
                "::1.0.0.0",
                "::102",
                "::1:0:0",
                "1:0:3:4:5:6:7:8",
                "2001:db8:0:1:1:1:1:1",
                "0.0.0.0",
                "255.255.255.255"
            })
    void writesAddressesAsTheyWereRead(String text) throws WordException {
        String words = "default via " + text + " dev a";
        assertThat(IpRouteSyntax.format(parse(words), TableNames.STANDARD)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.256",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1::2:3:4:5:6:7:8",
                ":1::",
                "1:",
                "fe80::1%lo",
                "1.2.3.",
                "1.2.3.4.5",
                "1..2.3",
                "1.2.3.08",
                "1.2.3.0x",
                "-1.2.3.4",
                "::-1"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThatExceptionOfType(WordException.class).isThrownBy(() -> parse("default dev a via " + text));
    }

    @Test
    void asksForTableNamesBeforeNumbers() throws WordException {
        TableNames tables = new TableNames() {
            @Override
            public java.util.OptionalInt number(String name) {
                return name.equals("100") ? java.util.OptionalInt.of(7) : java.util.OptionalInt.empty();
            }

            @Override
            public java.util.Optional<String> name(int number) {
                return java.util.Optional.empty();
            }
        };
        assertThat(IpRouteSyntax.parse(List.of("default", "dev", "a", "table", "100"), tables)
                        .table())
                .isEqualTo(7);
    }

    private static Route parse(String text) throws WordException {
        return IpRouteSyntax.parse(List.of(text.split(" ")), TableNames.STANDARD);
    }
}
