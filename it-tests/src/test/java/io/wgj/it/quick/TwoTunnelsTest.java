// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two tunnels that both take all traffic, and whose rules `down` removes: the original removes every suppress
/// rule, ours only its own.
@Tag("namespace")
class TwoTunnelsTest {
    /// The sections of a state that the first tunnel's `down` must leave to the second.
    static final List<String> SHARED =
            List.of("links", "addresses", "routes", "rules", "firewall", "devices", "resolvconf");

    static final String BOTH_UP = """
            ip route add 198.51.100.0/24 via 192.0.2.1 dev v0
            for n in 0 1; do
              address="10.$n.0.1/24" allowed='0.0.0.0/0, ::/0' tunnel wg$n 'ListenPort = 700'$n
            done
            state; quick up wg0; state; quick up wg1; state
            """;

    @Case("Q11")
    @Test
    void theOriginalRemovesTheOthersSuppressRuleToo() {
        Transcript transcript =
                World.run(Tool.ORIGINAL, BOTH_UP + "quick down wg0; state; ip route get 198.51.100.1\n");

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("rules").getLast())
                .noneMatch(rule -> rule.contains("suppress_prefixlength"))
                .contains("32763:\tnot from all fwmark 0xca6d lookup 51821");
        assertThat(transcript.lines()).anyMatch(line -> line.startsWith("198.51.100.1 dev wg1 "));
    }

    @Case("Q11")
    @Test
    void oursLeavesTheOthersRulesAndItsLocalNetworks() {
        Transcript transcript = World.run(Tool.OURS, BOTH_UP + "quick down wg0; state; ip route get 198.51.100.1\n");

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("rules").getLast())
                .contains(
                        "32762:\tfrom all lookup main suppress_prefixlength 0",
                        "32763:\tnot from all fwmark 0xca6d lookup 51821")
                .noneMatch(rule -> rule.contains("51820"));
        assertThat(transcript.lines()).anyMatch(line -> line.startsWith("198.51.100.1 via 192.0.2.1 dev v0 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wg0 wg1", "wg1 wg0"})
    void oursTakesAwayWhatEachBroughtInEitherOrder(String order) {
        Transcript transcript =
                World.run(Tool.OURS, BOTH_UP + "for name in " + order + "; do quick down $name; state; done\n");

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        for (String section : SHARED) {
            List<List<String>> states = transcript.sections(section);
            List<String> nothing = states.get(0);
            List<String> first = states.get(1);
            List<String> both = states.get(2);
            List<String> remaining = states.get(3);
            if (order.startsWith("wg1")) {
                assertThat(remaining).as(section).isEqualTo(first);
            } else {
                // remaining = both - (first - nothing), as multisets of lines.
                assertThat(together(remaining, first))
                        .as(section)
                        .containsExactlyInAnyOrderElementsOf(together(both, nothing));
            }
            assertThat(states.getLast()).as(section + " in the end").isEqualTo(nothing);
        }
        assertThat(transcript.sections("src_valid_mark"))
                .containsExactly(List.of("0"), List.of("1"), List.of("1"), List.of("1"), List.of("0"));
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void rulesOfSomebodyElseStayOnlyWithOurs(Tool tool) {
        Transcript transcript = World.run(tool, """
                ip rule add table main suppress_prefixlength 0 priority 20000
                ip rule add not fwmark 5 table 518201 priority 20001
                allowed=0.0.0.0/0 tunnel wg0
                state; quick up wg0; quick down wg0; state
                """);

        boolean sameRules = transcript
                .sections("rules")
                .getFirst()
                .equals(transcript.sections("rules").getLast());
        assertThat(sameRules).isEqualTo(tool == Tool.OURS);
        // The original takes "lookup 518201" for its own table's, and then finds no such rule.
        assertThat(transcript.exits()).containsExactly(0, tool == Tool.OURS ? 0 : 2);
    }

    static List<String> together(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
