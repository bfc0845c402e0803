// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `wgj-quick` where the kernel has no WireGuard and nobody names an implementation: it falls back to our own engine,
/// which sees to `AllowedSources` by itself. And the original with our engine in the place of its own.
@Tag("namespace")
class OwnEngineTest {
    private static final List<String> STATE =
            List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark");

    @Test
    void aDefaultRouteComesChangesIsSavedAndGoes() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                far_end up0 198.51.100.1/24
                ip address add 198.51.100.2/24 dev up0
                far_device 10.9.0.2/24 203.0.113.9/32
                allowed='0.0.0.0/0, ::/0' endpoint=198.51.100.1:51820 address='10.9.0.1/24 fd09::1/64' tunnel wg0
                state; run wgj-quick plan wg0; quick up wg0
                knock 203.0.113.9
                sed -i 's/^Address = 10.*/&\\nAddress = 10.9.7.1\\/24/' /etc/wireguard/wg0.conf
                run wgj-quick reload wg0
                knock 203.0.113.9
                quick save wg0; show_file /etc/wireguard/wg0.conf; run wgj-quick plan reload wg0
                quick down wg0; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0, 0);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "out| wgj engine wg0",
                        "err| [!] Missing WireGuard kernel module. Falling back to slow userspace implementation.",
                        "err| [#] wgj engine wg0",
                        "203.0.113.9 answers",
                        "err| [#] ip -4 address add 10.9.7.1/24 dev wg0",
                        "203.0.113.9 answers",
                        "AllowedIPs = 0.0.0.0/0, ::/0",
                        "Endpoint = 198.51.100.1:51820");
        assertSameInTheEnd(transcript);
    }

    @Test
    void aLineSaysWhichEngineRunsAndWhy() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                tunnel wg0; wgj-quick up wg0 2>&1; wgj-quick down wg0
                export WGJ_QUICK_ENGINE=1 WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go
                wgj-quick up wg0 2>&1; wgj-quick down wg0
                """);

        assertThat(transcript.lines())
                .containsSubsequence(
                        "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.",
                        "[#] wgj engine wg0",
                        "wgj: wg0 runs in wgj's own engine: the kernel has no WireGuard",
                        "[#] wgj engine wg0",
                        "wgj: wg0 runs in wgj's own engine: WGJ_QUICK_ENGINE=1 asks for it")
                .containsOnlyOnce(
                        "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.");
    }

    @Test
    void twoTunnelsTakeAwayWhatEachBrought() {
        Transcript transcript = World.run(
                Tool.OURS,
                World.onOurEngine() + TwoTunnelsTest.BOTH_UP + "quick down wg1; state; quick down wg0; state\n");

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        for (String part : STATE) {
            List<List<String>> states = transcript.sections(part);
            boolean ofAll = part.equals("src_valid_mark");
            assertThat(states.get(3)).as(part + " without the second").isEqualTo(states.get(ofAll ? 2 : 1));
        }
        assertSameInTheEnd(transcript);
    }

    /// The sender's address is one of the other peer's, so that a handshake gets as far as the static key. `reload`
    /// makes it the right one.
    @Test
    void eachPeerHasItsOwnAllowedSources() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                far_end up0 198.51.100.1/24 198.51.100.66/24 198.51.100.99/24
                ip address add 198.51.100.2/24 dev up0
                far_device 10.9.0.2/24
                call_from() {
                  in_far ip route replace 198.51.100.0/24 dev far-up0 src "$1"
                  in_far wg set wgfar peer "$PUB" remove
                  in_far wg set wgfar peer "$PUB" endpoint 198.51.100.2:51821 allowed-ips 10.9.0.1/32
                  echo "-- from $1"; in_far bash -c "knock 10.9.0.1 ${2:-5}"
                }
                export -f knock
                endpoint= allowed=10.9.0.0/24 tunnel wg0 'ListenPort = 51821' 'AllowedSources = 198.51.100.0/24'
                cat >>/etc/wireguard/wg0.conf <<C
                AllowedSources = 198.51.100.1/32
                [Peer]
                PublicKey = $K1
                AllowedIPs = 10.8.0.0/24
                AllowedSources = 198.51.100.66/32
                C
                state; quick up wg0
                call_from 198.51.100.1
                call_from 198.51.100.66 2
                call_from 198.51.100.99 2
                run "$root/wgj" engine --stats wg0
                sed -i 's|^AllowedSources = 198.51.100.1/32|AllowedSources = 198.51.100.66/32|' /etc/wireguard/wg0.conf
                run wgj-quick reload wg0
                call_from 198.51.100.66
                call_from 198.51.100.1 2
                run wgj-quick plan reload wg0 --check
                quick down wg0; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0);
        assertThat(transcript.sections("from 198.51.100.1").getFirst()).contains("10.9.0.1 answers");
        assertThat(transcript.sections("from 198.51.100.66").getFirst()).contains("10.9.0.1 is silent");
        assertThat(transcript.sections("from 198.51.100.99").getFirst()).contains("10.9.0.1 is silent");
        assertThat(transcript.lines())
                .anyMatch(line -> line.matches("out\\| drop rx disallowed source: [1-9]\\d*"))
                .containsSubsequence("out| allowed sources: 198.51.100.0/24", "out| allowed sources: 198.51.100.1/32");
        assertThat(transcript.sections("from 198.51.100.66").getLast()).contains("10.9.0.1 answers");
        assertThat(transcript.sections("from 198.51.100.1").getLast()).contains("10.9.0.1 is silent");
        assertSameInTheEnd(transcript);
    }

    @Test
    void aPortBelow1024IsListenedOn() {
        Transcript transcript = World.run(
                Tool.OURS,
                World.onOurEngine() + "tunnel wg0 'ListenPort = 500'; quick up wg0; state; quick down wg0\n");

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.sections("devices").getFirst()).anyMatch(line -> line.contains("ListenPort = 500;"));
    }

    @Test
    void theOriginalRunsOurEngine() {
        Transcript transcript = World.run(Tool.ORIGINAL, World.onOurEngine() + """
                export WG_QUICK_USERSPACE_IMPLEMENTATION=$root/wgj-engine
                far_end up0 198.51.100.1/24
                ip address add 198.51.100.2/24 dev up0
                far_device 10.9.0.2/24
                allowed=10.9.0.0/24 endpoint=198.51.100.1:51820 tunnel wg0
                state; quick up wg0; knock 10.9.0.2; quick down wg0; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.lines())
                .containsSubsequence("err| [#] " + Product.root().resolve("wgj-engine") + " wg0", "10.9.0.2 answers");
        assertSameInTheEnd(transcript);
    }

    private static void assertSameInTheEnd(Transcript transcript) {
        for (String part : STATE) {
            assertThat(transcript.sections(part).getLast())
                    .as(part + " in the end")
                    .isEqualTo(transcript.sections(part).getFirst());
        }
    }
}
