// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A host with several addresses, and encrypted packets that leave from one certain of them: from the first
/// handshake on, and also after the default route changed. Seen by a packet capture at the far end.
@Tag("namespace")
class SourceAddressTest {
    enum Family {
        IPV4("203.0.113.9:51820", "ip", "198.51.100.77", "198.51.100.2", "203.0.113.9"),
        IPV6("[2001:db8:9::9]:51820", "ip6", "2001:db8:1::77", "2001:db8:1::2", "2001:db8:9::9");

        private final String endpoint;
        private final String nftFamily;
        private final String chosen;
        private final String usual;
        private final String far;

        Family(String endpoint, String nftFamily, String chosen, String usual, String far) {
            this.endpoint = endpoint;
            this.nftFamily = nftFamily;
            this.chosen = chosen;
            this.usual = usual;
            this.far = far;
        }

        String underlay() {
            return "'Underlay = src " + chosen + "'";
        }

        /// `wireguard-go` keeps sending to the link that IPv6 replies came from, until a handshake fails or the
        /// endpoint is set again. For IPv4 it watches the routes.
        String forgetLink() {
            return this == IPV6 ? "\"$reference/wg\" set wg0 peer \"$peer\" endpoint '" + endpoint + "'" : ":";
        }
    }

    /// With `endpoint`, with the `lines` that the file has besides, and `forget_link`, run after the change of
    /// routes.
    private static final String SCENE = """
            far_end up0 198.51.100.1/24 203.0.113.9/32 2001:db8:1::1/64 2001:db8:9::9/128
            far_end up1 198.51.101.1/24 2001:db8:2::1/64
            for n in 0 1; do
              in_far ip -4 route replace 198.51.10$n.0/24 dev far-up$n src 203.0.113.9
              in_far ip -6 address change 2001:db8:$((n + 1))::1/64 dev far-up$n preferred_lft 0
            done
            ip address add 198.51.100.2/24 dev up0; ip address add 2001:db8:1::2/64 dev up0 nodad
            ip address add 198.51.100.77/24 dev up0; ip address add 2001:db8:1::77/64 dev up0 nodad preferred_lft 0
            ip address add 198.51.101.2/24 dev up1; ip address add 2001:db8:2::2/64 dev up1 nodad
            ip -4 route add default via 198.51.100.1; ip -6 route add default via 2001:db8:1::1
            far_device 10.9.0.2/24
            allowed=10.9.0.0/24 tunnel wg0 'ListenPort = 51821' "${lines[@]}"
            state; quick up wg0
            capture first in_far tcpdump -i far-up0 udp port 51820
            knock 10.9.0.2; captured
            ip -4 route replace default via 198.51.101.1; ip -6 route replace default via 2001:db8:2::1
            forget_link
            capture second in_far tcpdump -i far-up1 udp port 51820
            knock 10.9.0.2; captured
            packets first dst port 51820; packets second dst port 51820
            ip -4 route replace default via 198.51.100.1; ip -6 route replace default via 2001:db8:1::1
            quick down wg0; state
            """;

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Family.class)
    void withoutAChoiceTheRoutesAddressIsTaken(Family family) {
        Transcript transcript = scene(Tool.ORIGINAL, family, "");

        assertThatPacketsLeave(transcript, "first", family.usual, family.far);
    }

    /// The scene works, as far as hooks can take the original.
    @Tag("long")
    @ParameterizedTest
    @EnumSource(Family.class)
    void theOriginalNeedsHooksForIt(Family family) {
        String rewrite = "nft \"add table $F mine; add chain $F mine out { type nat hook postrouting priority 100; };"
                + " add rule $F mine out meta mark 0x5151 snat to $A\"";
        Transcript transcript = scene(
                Tool.ORIGINAL,
                family,
                ("'FwMark = 0x5151' 'PostUp = " + rewrite + "' 'PostDown = nft delete table $F mine'")
                        .replace("$F", family.nftFamily)
                        .replace("$A", family.chosen));

        assertThatAllLeavesFromTheChosen(family, transcript);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Family.class)
    void underlayChoosesIt(Family family) {
        Transcript transcript = scene(Tool.OURS, family, family.underlay());

        assertThatAllLeavesFromTheChosen(family, transcript);
    }

    /// With our own engine on both sides, which needs no firewall for it.
    @Tag("long")
    @ParameterizedTest
    @EnumSource(Family.class)
    void ourEngineChoosesItItself(Family family) {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + script(family, family.underlay(), ":"));

        assertThatAllLeavesFromTheChosen(family, transcript);
    }

    private static Transcript scene(Tool tool, Family family, String lines) {
        return World.run(tool, script(family, lines, family.forgetLink()));
    }

    static String script(Family family, String lines, String forgetLink) {
        return "endpoint='" + family.endpoint + "'\nlines=(" + lines + ")\nforget_link() { " + forgetLink + "; }\n"
                + SCENE;
    }

    /// The port may be another one: rewriting takes a new one when the route changes.
    private static void assertThatPacketsLeave(Transcript transcript, String capture, String from, String far) {
        assertThat(transcript
                        .sections("packets of " + capture + " with dst port 51820")
                        .getFirst())
                .as(capture)
                .isNotEmpty()
                .allMatch(packet -> packet.startsWith(from + ".") && packet.endsWith(" > " + far + ".51820"));
    }

    static void assertThatAllLeavesFromTheChosen(Family family, Transcript transcript) {
        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.lines().stream().filter("10.9.0.2 answers"::equals))
                .hasSize(2);
        for (String capture : List.of("first", "second")) {
            assertThatPacketsLeave(transcript, capture, family.chosen, family.far);
        }
        for (String section : List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark")) {
            assertThat(transcript.sections(section).getLast())
                    .as(section + " afterwards")
                    .isEqualTo(transcript.sections(section).getFirst());
        }
    }
}
