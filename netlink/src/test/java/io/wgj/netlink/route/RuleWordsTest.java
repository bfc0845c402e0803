// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fwmark 0x5151 iif lo priority 4999 table 11 | -4 | fwmark 0x5151 iif lo priority 4999 table 11
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
            ipproto 47 table 1                          | -4 | ipproto 47 table 1
            """)
    void readsWhatIpReadsAndWritesWhatIpTakes(String text, String family, String words) throws WordException {
        PolicyRule rule = parse(text);

        assertThat(rule.v6() ? "-6" : "-4").isEqualTo(family);
        assertThat(RuleWords.format(rule, TableNames.STANDARD)).isEqualTo(words);
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
            """)
    void namesTheWordThatIsWrong(String text, int index, String word, String reason) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(WordException.class, e -> {
            assertThat(e.index()).isEqualTo(index);
            assertThat(e.word()).isEqualTo(word);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource({"l3mdev", "realms", "nat", "suppress_ifgroup", "-4"})
    void refusesByNameWhatIpKnowsAndWeDoNot(String word) {
        assertThatThrownBy(() -> parse("fwmark 1 " + word))
                .hasMessageStartingWith("`" + word + "': not a word of rules that wgj knows");
    }

    private static PolicyRule parse(String text) throws WordException {
        return RuleWords.parse(List.of(text.split(" ")), TableNames.STANDARD);
    }
}
