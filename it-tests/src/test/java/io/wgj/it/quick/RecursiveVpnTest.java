// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The recursive VPN: the far end's public address lies inside a network that is routed through the tunnel, and
/// even ordinary traffic to that very address has to take the tunnel, while WireGuard's own packets leave through
/// `ppp0`. Seen by packet captures on `ppp0` and on the far end's device.
@Tag("namespace")
class RecursiveVpnTest {
    private static final String PUBLIC = "203.0.113.9";

    static final String ROUTES_AND_RULES = """
            'FwMark = 0x5151' 'Route = default dev ppp0 table 11' \
            'Rule = fwmark 0x5151 iif lo priority 4999 table 11'""";
    static final String UNDERLAY = "'Underlay = dev ppp0'";

    /// `lines` is what the file has besides, `filter` the kernel's filter of reverse paths.
    private static final String SCENE = """
            far_end ppp0 10.64.64.1/24 203.0.113.9/32
            in_far ip route replace 10.64.64.0/24 dev far-ppp0 src 203.0.113.9
            ip address add 10.64.64.2/24 dev ppp0; ip route add default via 10.64.64.1 dev ppp0
            far_device 10.9.0.2/24
            echo "$filter" >/proc/sys/net/ipv4/conf/ppp0/rp_filter
            allowed='10.9.0.0/24, 203.0.113.0/24' endpoint=203.0.113.9:51820 \
              tunnel wg0 'ListenPort = 51821' "${lines[@]}"
            state; quick up wg0
            capture ppp0 tcpdump -i ppp0 not arp
            capture inside in_far tcpdump -i wgfar
            knock 10.9.0.2; knock 203.0.113.9
            captured
            packets ppp0 udp port 51820; packets ppp0 ip and not udp port 51820; packets inside dst port 9
            quick down wg0; state
            """;

    @Test
    @Tag("long")
    void withoutMoreThanTheSubnetTheTunnelSwallowsItself() {
        Transcript transcript = scene(Tool.ORIGINAL, 0, "");

        assertThat(transcript.lines()).contains(PUBLIC + " is silent");
    }

    /// The scene works, as far as hooks can take the original.
    @Tag("long")
    @Test
    void theOriginalNeedsHooksForIt() {
        Transcript transcript = scene(Tool.ORIGINAL, 0, """
                'FwMark = 0x5151' 'PostUp = ip route add default dev ppp0 table 11' \
                'PostUp = ip rule add fwmark 0x5151 iif lo priority 4999 table 11' \
                'PostDown = ip rule del priority 4999; ip route del default table 11'""");

        assertThatEverythingTakesTheTunnel(transcript);
    }

    @Tag("long")
    @Test
    void routesAndRulesOfTheFile() {
        Transcript transcript = scene(Tool.OURS, 0, ROUTES_AND_RULES);

        assertThatEverythingTakesTheTunnel(transcript);
    }

    /// Also where the kernel drops packets that arrive on another link than answers to them would leave by.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneLineOfUnderlay(int reversePathFilter) {
        Transcript transcript = scene(Tool.OURS, reversePathFilter, UNDERLAY);

        assertThatEverythingTakesTheTunnel(transcript);
    }

    /// With our own engine on both sides. Routes and rules alone do not pass a filter of reverse paths, in any
    /// engine.
    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {ROUTES_AND_RULES, UNDERLAY})
    void bothFormsInOurEngine(String lines) {
        int reversePathFilter = lines.equals(UNDERLAY) ? 1 : 0;
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + script(reversePathFilter, lines));

        assertThatEverythingTakesTheTunnel(transcript);
    }

    private static Transcript scene(Tool tool, int reversePathFilter, String lines) {
        return World.run(tool, script(reversePathFilter, lines));
    }

    static String script(int reversePathFilter, String lines) {
        return "filter=" + reversePathFilter + "\nlines=(" + lines + ")\n" + SCENE;
    }

    static void assertThatEverythingTakesTheTunnel(Transcript transcript) {
        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.lines()).contains("10.9.0.2 answers", PUBLIC + " answers");
        assertThat(transcript.sections("packets of ppp0 with udp port 51820"))
                .containsExactly(
                        List.of("10.64.64.2.51821 > 203.0.113.9.51820", "203.0.113.9.51820 > 10.64.64.2.51821"));
        assertThat(transcript.sections("packets of ppp0 with ip and not udp port 51820"))
                .containsExactly(List.of());
        assertThat(transcript.sections("packets of inside with dst port 9").getFirst())
                .anyMatch(packet -> packet.matches("10\\.9\\.0\\.1\\.\\d+ > 203\\.0\\.113\\.9\\.9"));
        for (String section : List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark")) {
            assertThat(transcript.sections(section).getLast())
                    .as(section + " afterwards")
                    .isEqualTo(transcript.sections(section).getFirst());
        }
    }
}
