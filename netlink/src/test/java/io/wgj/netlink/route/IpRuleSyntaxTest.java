// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRuleSyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fwmark 0x5151 iif lo priority 4999 table 11 | -4 | fwmark 0x5151 iif lo priority 4999 table 11
            fwmark +5/010 table +88 priority 0150       | -4 | fwmark 0x5/0x8 priority 104 table 88
            from 010/8 sport +5-011 table 88            | -4 | from 8.0.0.0/8 sport 5-9 table 88
            not fwmark 51820 table 51820                | -4 | not fwmark 0xca6c table 51820
            -6 not fwmark 51820 table 51820             | -6 | not fwmark 0xca6c table 51820
            table main suppress_prefixlength 0          | -4 | table main suppress_prefixlength 0
            lookup 254 sup_pl 8 pref 7                  | -4 | priority 7 table main suppress_prefixlength 8
            from 10/8                                   | -4 | from 10.0.0.0/8 table main
            from all to fd00::/8 lookup default         | -6 | to fd00::/8 table default
            from 10.1.2.3/8 table 5                     | -4 | from 10.1.2.3/8 table 5
            fwmark 0x10/0xf0 table 5 proto 87           | -4 | fwmark 0x10/0xf0 table 5 protocol 87
            from 10.0.0.0/8 to 1.2.3.4 iif lo oif lo uidrange 0-99 ipproto udp sport 5 dport 6-7 prohibit | -4 | from 10.0.0.0/8 to 1.2.3.4/32 iif lo oif lo uidrange 0-99 ipproto udp sport 5 dport 6-7 prohibit
            goto 32766 order 3                          | -4 | priority 3 goto 32766
            nop preference 4                            | -4 | priority 4 nop
            unreachable tos 0x10                        | -4 | tos 0x10 unreachable
            dev eth0 blackhole                          | -4 | iif eth0 blackhole
            ipproto 47 table 1                          | -4 | ipproto gre table 1
            ipproto 200 table 1                         | -4 | ipproto 200 table 1
            ipproto icmpv6 table 1                      | -4 | ipproto ipv6-icmp table 1
            l3mdev pref 1000                            | -4 | priority 1000 l3mdev
            type prohibit from 10/8                     | -4 | from 10.0.0.0/8 prohibit
            type unicast table 9                        | -4 | table 9
            prio 5 tab 9 pro 87                         | -4 | priority 5 table 9 protocol 87
            got 7 ord 3                                 | -4 | priority 3 goto 7
            tos 10 table 1                              | -4 | tos 0x10 table 1
            dsfield AF11 table 1                        | -4 | tos 0x28 table 1
            dscp 46 table 1                             | -4 | dscp 46 table 1
            dscp EF table 1                             | -4 | dscp 46 table 1
            dscp 0x20/0x38 table 1                      | -4 | dscp 32/0x38 table 1
            -6 flowlabel 0x12345 table 1                | -6 | flowlabel 0x12345 table 1
            -6 flowlabel 0x12000/0xff000 table 1        | -6 | flowlabel 0x12000/0xff000 table 1
            sport 80/0xfff0 dport 0x100/0xff00 table 1  | -4 | sport 80/0xfff0 dport 256/0xff00 table 1
            sport 80/0xffff table 1                     | -4 | sport 80 table 1
            tun_id 18446744073709551615 table 1         | -4 | tun_id 18446744073709551615 table 1
            realms 1/2 table 1                          | -4 | table 1 realms 1/2
            realms 7 table 1                            | -4 | table 1 realms 7
            table 1 suppress_ifgroup 5 sup_pl 0         | -4 | table 1 suppress_prefixlength 0 suppress_ifgroup 5
            table 1 sup_group default                   | -4 | table 1 suppress_ifgroup 0
            """)
    void readsWhatIpReadsAndWritesWhatIpTakes(String text, String family, String words) throws WordException {
        PolicyRule rule = parse(text);

        assertThat("-" + rule.family().version()).isEqualTo(family);
        assertThat(IpRuleSyntax.format(rule, TableNames.STANDARD)).isEqualTo(words);
        assertThat(parse(family + " " + words)).as("written and read again").isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -6                       | 1 | ''       | a rule has at least one word
            from 10.0.0.0/8 to ::/0  | 3 | ::/0     | IPv4 is expected, as before
            fwmark five              | 1 | five     | a mark is a number from 0 to 4294967295
            fwmark 1/x               | 1 | 1/x      | a mask is a number from 0 to 4294967295
            uidrange 5               | 1 | 5        | a range of user ids from 0 to 4294967295 is expected, the lower number first
            sport 7-6                | 1 | 7-6      | a port or a range of ports from 0 to 65535 is expected, the lower number first
            dport 65536              | 1 | 65536    | a port or a range of ports from 0 to 65535 is expected, the lower number first
            table vpn                | 1 | vpn      | neither a number nor the name of a routing table
            priority                 | 1 | ''       | a value is missing behind `priority'
            fwmark 1 lookup          | 3 | ''       | a value is missing behind `lookup'
            l3mdev table 9           | 3 | ''       | an l3mdev rule looks up the table of the link's VRF: it has no table of its own
            flowlabel 1 from 10/8    | 3 | 10/8     | IPv6 is expected, as before
            dscp 64                  | 1 | 64       | a DSCP is a number from 0 to 63
            dscp 3/1                 | 1 | 3/1      | the value has bits that the mask has not
            sport 80/1               | 1 | 80/1     | the value has bits that the mask has not
            tos 100                  | 1 | 100      | a type of service is a name such as AF11, or hexadecimal, 0 to ff
            tun_id -1                | 1 | -1       | a tunnel's id is a number from 0 to 18446744073709551615
            suppress_ifgroup lan     | 1 | lan      | a device group, but for `default', is a number from 0 to 4294967295
            nat 10.0.0.1             | 0 | nat      | Linux has no NAT in its rules since 2.6: use nftables
            iif a/b                  | 1 | a/b      | a device's name has 1 to 15 characters, without blanks, `/' and `:'
            """)
    void namesTheWordThatIsWrong(String text, int index, String word, String reason) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(WordException.class, e -> {
            assertThat(e.index()).isEqualTo(index);
            assertThat(e.word()).isEqualTo(word);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource({"local", "throw", "xresolve", "-4"})
    void refusesByNameWhatNoRuleHas(String word) {
        assertThatThrownBy(() -> parse("fwmark 1 " + word))
                .hasMessageStartingWith("`" + word + "': not a word of rules that wgj knows");
    }

    private static PolicyRule parse(String text) throws WordException {
        return IpRuleSyntax.parse(List.of(text.split(" ")), TableNames.STANDARD);
    }
}
