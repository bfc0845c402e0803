// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.it.Reference;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `wgj-quick` and links that the kernel makes: what only a kernel with the WireGuard module shows, and the scenes
/// that matter most once more. Under emulation every process takes its time, so ours runs in this one, and the
/// original only twice.
@Tag("kernel")
class QuickKernelTest {
    private static final List<String> STATE =
            List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark", "devices");

    private static final String DEFAULT_ROUTE = """
            allowed='0.0.0.0/0, ::/0, 10.5.0.0/16' address='10.9.0.1/24 fd09::1/64' tunnel wg0 'ListenPort = 7000'
            state; quick up wg0; state
            """;

    @Test
    void aDefaultRouteIsTheOriginalsInEveryPart() {
        Transcript ours = InProcess.run(DEFAULT_ROUTE
                + "quick save wg0; show_file /etc/wireguard/wg0.conf; quick strip wg0; quick down wg0; state\n");

        assertThat(ours.exits()).containsExactly(0, 0, 0, 0);
        assertThat(ours.lines())
                .containsSubsequence(
                        "err| [#] ip link add dev wg0 type wireguard",
                        "err| [#] wg set wg0 fwmark 51820",
                        "err| [#] nft -f /dev/fd/N",
                        "-- file /etc/wireguard/wg0.conf 600",
                        "Address = 10.9.0.1/24",
                        "Address = fd09::1/64",
                        "ListenPort = 7000",
                        "FwMark = 0xca6c",
                        "AllowedIPs = 0.0.0.0/0, ::/0, 10.5.0.0/16",
                        "out| FwMark = 0xca6c",
                        "err| [#] ip link delete dev wg0")
                .noneMatch(line -> line.contains("Falling back"));
        assertThat(ours.sections("rules").get(1))
                .contains("32765:\tnot from all fwmark 0xca6c lookup 51820")
                .hasSize(9);
        assertThat(ours.sections("src_valid_mark")).containsExactly(List.of("0"), List.of("1"), List.of("0"));
        for (String part : STATE) {
            List<List<String>> states = ours.sections(part);
            assertThat(states.getLast()).as(part + " in the end").isEqualTo(states.getFirst());
        }
        if (Reference.isThere()) {
            assertSameState(World.run(Tool.ORIGINAL, DEFAULT_ROUTE), ours, 1);
        }
    }

    @Test
    void aTableOfItsOwnIsTheOriginals() {
        String script = "allowed='0.0.0.0/0, 10.77.0.0/16' tunnel wg0 'Table = 1234' 'ListenPort = 7000' 'MTU = 1300'\n"
                + "state; quick up wg0; state; quick down wg0; state\n";
        Transcript ours = InProcess.run(script);

        assertThat(ours.exits()).containsExactly(0, 0);
        assertThat(ours.sections("routes").get(1)).contains("10.77.0.0/16 dev wg0 table 1234 scope link");
        assertThat(ours.sections("links").get(1))
                .anyMatch(link -> link.startsWith("wg0: ") && link.contains("mtu 1300"));
        if (Reference.isThere()) {
            assertThat(ours.toString())
                    .isEqualTo(World.run(Tool.ORIGINAL, script).toString());
        }
    }

    private static void assertSameState(Transcript original, Transcript ours, int which) {
        for (String part : STATE) {
            assertThat(ours.sections(part).get(which))
                    .as(part)
                    .isEqualTo(original.sections(part).get(which));
        }
    }

    @Test
    @Case("Q38")
    void aNameThatNoLinkCanHaveIsNoMissingModule() {
        Transcript transcript = InProcess.run("tunnel .; state; quick up .; state\n");

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.lines()).noneMatch(line -> line.contains("Falling back"));
        assertThat(transcript.sections("links").getLast())
                .isEqualTo(transcript.sections("links").getFirst());
    }

    @Test
    @Case("Q45")
    void aPortThatIsTakenShowsWhenTheLinkGoesUpAndAllIsTakenBack() {
        Transcript transcript = InProcess.run("""
                tunnel wg0 'ListenPort = 7000'
                address=10.10.0.1/24 allowed=10.78.0.0/16 tunnel wg1 'ListenPort = 7000'
                quick up wg0; state; quick up wg1; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 2);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "err| [#] ip link set mtu 1320 up dev wg1",
                        "err| RTNETLINK answers: Address already in use",
                        "err| [#] ip link delete dev wg1");
        assertThat(transcript.sections("links").getLast())
                .isEqualTo(transcript.sections("links").getFirst());
    }

    /// The later one goes first, comes back, and then goes last.
    @Test
    void twoTunnelsTakeAwayWhatEachBroughtInEitherOrder() {
        Transcript transcript = InProcess.run(TwoTunnelsTest.BOTH_UP
                + "quick down wg1; state; quick up wg1; quick down wg0; state; quick down wg1; state\n");

        assertThat(transcript.exits()).containsOnly(0).hasSize(6);
        for (String section : TwoTunnelsTest.SHARED) {
            List<List<String>> states = transcript.sections(section);
            List<String> nothing = states.get(0);
            List<String> first = states.get(1);
            List<String> both = states.get(2);
            List<String> second = states.get(4);
            assertThat(states.get(3)).as(section + " without the second").isEqualTo(first);
            // second = both - (first - nothing), as multisets of lines.
            assertThat(TwoTunnelsTest.together(second, first))
                    .as(section + " without the first")
                    .containsExactlyInAnyOrderElementsOf(TwoTunnelsTest.together(both, nothing));
            assertThat(states.getLast()).as(section + " in the end").isEqualTo(nothing);
        }
        assertThat(transcript.sections("src_valid_mark"))
                .containsExactly(List.of("0"), List.of("1"), List.of("1"), List.of("1"), List.of("1"), List.of("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {RecursiveVpnTest.ROUTES_AND_RULES, RecursiveVpnTest.UNDERLAY})
    void theRecursiveVpnWorksInBothForms(String lines) {
        RecursiveVpnTest.assertThatEverythingTakesTheTunnel(InProcess.run(RecursiveVpnTest.script(0, lines)));
    }

    @ParameterizedTest
    @EnumSource(SourceAddressTest.Family.class)
    void allLeavesFromTheChosenSource(SourceAddressTest.Family family) {
        SourceAddressTest.assertThatAllLeavesFromTheChosen(
                family, InProcess.run(SourceAddressTest.script(family, family.underlay(), ":")));
    }

    /// A sender that is allowed, and then one that is not, with the far end's device made anew in between: its
    /// handshake would be answered.
    @Test
    void onlyAllowedSourcesReachTheListenPort() {
        Transcript transcript = InProcess.run("""
                far_end up0 198.51.100.1/24 198.51.100.66/24
                ip address add 198.51.100.2/24 dev up0
                far_device 10.9.0.2/24
                export -f knock
                call_from() {
                  in_far ip route replace 198.51.100.0/24 dev far-up0 src "$1"
                  in_far "$reference/wg" set wgfar peer "$PUB" remove
                  in_far "$reference/wg" set wgfar peer "$PUB" endpoint 198.51.100.2:51821 allowed-ips 10.9.0.1/32
                  echo "-- from $1"; in_far bash -c "knock 10.9.0.1 ${2:-5}"
                }
                endpoint= allowed=10.9.0.0/24 \
                  tunnel wg0 'ListenPort = 51821' 'AllowedSources = 198.51.100.1/32, 2001:db8:1::/48'
                state; quick up wg0
                call_from 198.51.100.66 2; call_from 198.51.100.1
                wgj-quick down wg0; state
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.sections("from 198.51.100.66")).containsExactly(List.of("10.9.0.1 is silent"));
        assertThat(transcript.sections("from 198.51.100.1").getFirst()).contains("10.9.0.1 answers");
        assertThat(transcript.sections("firewall").getLast())
                .isEqualTo(transcript.sections("firewall").getFirst());
    }
}
