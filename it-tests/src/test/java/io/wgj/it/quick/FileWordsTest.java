// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `Route` and `Rule` from the file to the kernel and back, and files that are refused before any step.
@Tag("namespace")
class FileWordsTest {
    @Test
    void everyWordArrivesAndGoesAgain() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'Rule = priority 70 l3mdev' 'Rule = pref 71 realms 1/2 table 9' \
                  'Rule = prio 72 suppress_ifgroup default sup_pl 0 lookup 9' 'Rule = order 73 tun_id 7 table 9' \
                  'Rule = priority 74 tos 10 type prohibit' 'Rule = -6 priority 75 ipproto gre blackhole' \
                  'Route = 10.50.0.0/16 dev %i advmss lock 1200 initcwnd 7 quickack 1 congctl reno table 9' \
                  'Route = 10.51.0.0/16 dev %i tos 0x10 realms 3'
                state; quick up wg0
                echo "-- all rules"; ip rule; ip -6 rule
                echo "-- there"; ip route show table 9; ip route show 10.51.0.0/16
                run wgj-quick plan reload wg0 --check
                quick down wg0; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("all rules").getFirst().stream().map(line -> line.replace("\t", " ")))
                .contains(
                        "70: from all lookup [l3mdev-table]",
                        "71: from all lookup 9 realms 1/2",
                        "72: from all lookup 9 suppress_prefixlength 0 suppress_ifgroup default",
                        "73: from all tun_id 7 lookup 9",
                        "74: from all tos 0x10 prohibit",
                        "75: from all ipproto gre blackhole");
        assertThat(transcript.sections("there").getFirst())
                .contains("10.50.0.0/16 dev wg0 scope link advmss lock 1200 initcwnd 7 quickack 1 congctl reno")
                .contains("10.51.0.0/16 tos 0x10 dev wg0 scope link realm 3");
        assertThat(transcript.lines())
                .contains(
                        "err| [#] ip -4 rule add priority 70 l3mdev",
                        "err| [#] ip -4 rule add tun_id 7 priority 73 table 9");
        for (String part : List.of("links", "routes", "rules")) {
            List<List<String>> sections = transcript.sections(part);
            assertThat(sections.getLast()).as(part).isEqualTo(sections.getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Table = nowhere|255",
                "Address = 10.9.9.9/24, 10.9.9.9/24|2",
                "Address = fd09::1/64, fd09::1/48|2",
                "Route = 10.50.0.0/16 dev %i nexthop|1",
                "Rule = shout|1",
                "Underlay = dev wg0|1",
                "ExcludedIPs = 10.0.0.0/8|1",
            })
    void aMistakeIsFoundBeforeAnyStep(String line, int code) {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 '%s' 'PreUp = touch /run/case/step'
                quick up wg0
                echo "-- made"; ls /run/case/step 2>/dev/null || true; ip -br link show wg0 2>/dev/null || true
                run wgj-quick plan wg0
                run wgj-quick plan --json wg0
                """.formatted(line));

        assertThat(transcript.exits()).containsExactly(code, 3, 3);
        assertThat(transcript.sections("made").getFirst()).isEmpty();
        assertThat(transcript.lines()).noneMatch(shown -> shown.startsWith("err| [#]"));
    }
}
