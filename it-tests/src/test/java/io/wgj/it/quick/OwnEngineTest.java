// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `wgj-quick` where the kernel has no WireGuard and no implementation is named: it falls back to our own engine,
/// which enforces `AllowedSources` itself. Also the original with our engine in place of its own.
@Tag("namespace")
class OwnEngineTest {
    private static final List<String> STATE =
            List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark");

    @Tag("long")
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

    /// The sender's address is one of the other peer's, so that a handshake gets as far as the static key.
    /// `reload` makes it the right one.
    @Test
    @Tag("long")
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

    /// As with wireguard-go, which a test of the original's cases would not show: our engine takes its place.
    @Test
    void aPortThatAnotherTunnelHasIsRefused() {
        String script = """
                tunnel wg0 'ListenPort = 5555'
                address=10.8.0.1/24 allowed=10.78.0.0/16 tunnel wg1 'ListenPort = 5555'
                quick up wg0; state; quick up wg1; state
                run wg set wg0 listen-port 5556; run wg set wg0 listen-port 5555
                quick up wg1; quick down wg0
                """;

        Transcript ours = World.run(Tool.OURS, World.onOurEngine() + script);

        assertThat(ours.exits()).containsExactly(0, 1, 0, 0, 1, 0);
        assertThat(ours.lines())
                .containsSubsequence(
                        "err| [#] wg addconf wg1 /dev/fd/N",
                        "err| Unable to modify interface: Address already in use",
                        "err| [#] ip link delete dev wg1",
                        "rc 1");
        assertThat(ours.sections("links").getLast())
                .isEqualTo(ours.sections("links").getFirst());
        Transcript original = World.run(Tool.ORIGINAL, script);
        for (int i = 0; i < 4 && !original.exits().equals(ours.exits()); i++) {
            // wireguard-go binds nothing while it has not yet seen that its link is up. It says 0 then.
            original = World.run(Tool.ORIGINAL, script);
        }
        assertThat(ours.exits()).isEqualTo(original.exits());
        assertThat(ours.echoes().stream()
                        .filter(line -> !line.startsWith("wgj engine "))
                        .toList())
                .isEqualTo(original.echoes());
    }

    @Test
    void aPortThatOneFamilyAloneHasFreeIsRefused() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                taken() {
                  python3 -c '
                import socket, sys, time
                s = socket.socket(int(sys.argv[1]), socket.SOCK_DGRAM)
                if s.family == socket.AF_INET6: s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                s.bind((sys.argv[2], 5555))
                open("taken", "w").close()
                time.sleep(60)' "$@" &
                  until [ -e taken ]; do sleep .02; done
                  rm taken
                }
                tunnel wg0 'ListenPort = 5555'
                taken 2 0.0.0.0; quick up wg0; kill $!; wait $! || true
                taken 10 ::; quick up wg0; kill $!; wait $! || true
                quick up wg0; quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(1, 1, 0, 0);
    }

    /// No port is named, and none is free: only the engine can report that, when the link goes up.
    @Test
    void aLinkThatGoesUpAndCannotListenIsNoTunnel() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                python3 -c '
                import socket, time
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.bind(("0.0.0.0", 5555))
                open("taken", "w").close()
                time.sleep(60)' & until [ -e taken ]; do sleep .02; done
                echo 5555 5555 >/proc/sys/net/ipv4/ip_local_port_range
                tunnel wg0; state; quick up wg0; state
                run "$root/wgj" engine wg0; ip link set wg0 up
                for ((i = 0; i < 500; i++)); do
                  "$root/wgj" engine --stats wg0 >stats; ! grep -q 'listen errno' stats || break; sleep .02
                done
                grep -e listen -e 'last error' stats
                kill $!; wait $! || true
                for ((i = 0; i < 500; i++)); do
                  "$root/wgj" engine --stats wg0 >stats; ! grep -q 'listening: yes' stats || break; sleep .02
                done
                grep listen stats
                """);

        assertThat(transcript.exits()).containsExactly(2, 0);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "err| [#] ip link set mtu 1320 up dev wg0",
                        "err| RTNETLINK answers: Address already in use",
                        "err| [#] ip link delete dev wg0",
                        "rc 2")
                .containsSubsequence("listening: no", "listen errno: 98", "listening: yes")
                .anyMatch(line -> line.startsWith("last error: ")
                        && line.endsWith("Unable to listen: Address already in use: port 0"));
        assertSameInTheEnd(transcript);
    }

    @Test
    void theLinkHasNoAddressOfItsOwn() {
        Transcript transcript = World.run(Tool.OURS, World.onOurEngine() + """
                address='10.9.0.1/24 fd09::1/64 fe80::9/64' tunnel wg0 'SaveConfig = true'
                quick up wg0; state; quick down wg0; quick up wg0; quick down wg0; show_file /etc/wireguard/wg0.conf
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.lines().stream()
                        .filter(line -> line.startsWith("Address = "))
                        .toList())
                .containsExactly("Address = 10.9.0.1/24", "Address = fd09::1/64", "Address = fe80::9/64");
        assertThat(transcript.sections("addresses").getFirst())
                .filteredOn(line -> line.startsWith("wg0"))
                .hasSize(3);
    }

    /// wireguard-go's link has one. The original saves it, and so has a line more with each cycle.
    @Test
    void saveLeavesOutWhatTheKernelHasMade() {
        String script = """
                address='10.9.0.1/24 fe80::9/64' \
                  tunnel wg0 'SaveConfig = true' 'PostUp = ip address add fe80::7/64 dev wg0 nodad 2>/dev/null || true'
                quick up wg0; state
                # Its probing may not be over.
                until ip -6 -o address show dev wg0 scope link | grep -qv -e fe80::9/ -e fe80::7/; do sleep .02; done
                quick down wg0; quick up wg0; quick down wg0
                show_file /etc/wireguard/wg0.conf | sed 's/fe80::[0-9a-f]*:[0-9a-f:]*/made/'
                """;

        Transcript ours = World.run(Tool.OURS, script);

        assertThat(ours.exits()).containsExactly(0, 0, 0, 0);
        assertThat(ours.lines().stream()
                        .filter(line -> line.startsWith("Address = "))
                        .toList())
                .containsExactlyInAnyOrder("Address = 10.9.0.1/24", "Address = fe80::9/64", "Address = fe80::7/64");
        assertThat(World.run(Tool.ORIGINAL, script).lines())
                .filteredOn(line -> line.equals("Address = made/64"))
                .hasSizeGreaterThan(1);
    }

    @Tag("long")
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
