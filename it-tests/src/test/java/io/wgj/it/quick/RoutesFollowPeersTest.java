// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The monitor beside two tunnels that lead to one destination with different metrics: the first far end stops
/// answering, and comes back.
@Tag("namespace")
@Tag("long")
class RoutesFollowPeersTest {
    /// `scene WAY PROBE` brings `wg0` and `wg1` up and starts the monitor. `way` prints the link that packets to
    /// 10.50.0.1 take. `sever` and `mend` change what arrives at the first far end.
    private static final String WORDS = """
            await() {
              local i
              for ((i = 0; i < $1 * 10; i++)); do if eval "$2"; then return 0; fi; sleep .1; done
              echo "timed out: $2"; cat monitor.log; ip route; ip -6 route; wg show; exit 1
            }
            way() { { ip route get 10.50.0.1 2>/dev/null || true; } | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p'; }
            watch() { "$root/wgj" monitor >>monitor.log 2>&1 & monitor=$!; }
            sever() {
              in_far nft add table inet cut
              in_far nft add chain inet cut input '{ type filter hook input priority 0; }'
              in_far nft add rule inet cut input udp dport 51820 drop
            }
            mend() { in_far nft delete table inet cut; }
            ups() { grep -c ": peer-up" monitor.log || true; }
            scene() {
              local n
              far_end v7 10.64.0.1/24
              ip address add 10.64.0.2/24 dev v7
              ip -n far address add 10.50.0.1/32 dev lo
              for n in 0 1; do
                (umask 077; wg genkey >far$n.key)
                in_far wireguard-go wgfar$n 2>/dev/null
                in_far wg set wgfar$n listen-port 5182$n private-key far$n.key peer "$PUB" \\
                  allowed-ips 10.9.$n.1/32,fd09:$n::1/128
                for address in 10.9.$n.2/32 fd09:$n::2/128; do ip -n far address add $address dev wgfar$n; done
                ip -n far link set wgfar$n up
                ip -n far route add 10.9.$n.1/32 dev wgfar$n
                ip -n far route add fd09:$n::1/128 dev wgfar$n
                printf '%s\\n' '[Interface]' "PrivateKey = $PRIV" "Address = 10.9.$n.1/32, fd09:$n::1/128" 'Table = off' \\
                  "Route = 10.50.0.0/24 dev %i metric 10$n src 10.9.$n.1" "Route = 10.9.$n.2/32 dev %i" \\
                  "Route = -6 fd09:$n::2/128 dev %i" '[Peer]' "PublicKey = $(wg pubkey <far$n.key)" \\
                  "Endpoint = 10.64.0.1:5182$n" "AllowedIPs = 10.50.0.0/24, 10.9.$n.2/32, fd09:$n::2/128" \\
                  "Probe = ${2/N/$n} every 1s" 'WithdrawRoutesAfter = 5s' "WithdrawRoutes = $1" >/etc/wireguard/wg$n.conf
                chmod 600 /etc/wireguard/wg$n.conf
              done
              state; quick up wg0; quick up wg1
              watch
              await 30 '(($(ups) == 2))'
            }
            """;

    private static Transcript run(String script) {
        return World.run(Tool.OURS, "root='" + Product.root() + "'\n" + WORDS + script);
    }

    private static void assertThatNothingIsLeft(Transcript transcript) {
        for (String section : List.of("links", "addresses", "routes", "rules", "firewall", "src_valid_mark")) {
            assertThat(transcript.sections(section).getLast())
                    .as(section + " afterwards")
                    .isEqualTo(transcript.sections(section).getFirst());
        }
    }

    /// Removed routes let the other tunnel carry the traffic; with `blackhole` nothing does. IPv6 probes have no
    /// route while the peer's are withdrawn.
    @ParameterizedTest
    @CsvSource({"remove, 10.9.N.2, wg1", "blackhole, fd09:N::2, ''"})
    void trafficTakesTheOtherWayUntilTheFarEndIsBack(String withdrawal, String probe, String other) {
        Transcript transcript = run("""
                scene %s %s
                echo "-- up"; way; knock 10.50.0.1
                # The monitor learns that each probe is answered.
                sleep 26; sever; SECONDS=0
                await 60 'grep -q routes-withdrawn monitor.log'
                echo "-- down"; way; knock 10.50.0.1 2; ((SECONDS < 36)) || echo "late: $SECONDS s"
                run wgj-quick reload wg0
                echo "-- reloaded"; way
                mend; SECONDS=0
                await 30 'grep -q routes-restored monitor.log'
                echo "-- up again"; way; knock 10.50.0.1; ((SECONDS < 12)) || echo "late: $SECONDS s"
                kill $monitor; wait $monitor || true
                echo "-- events"; sed -nE 's/.*: (peer-(up|down)|routes-[a-z]+)(: .*)?/\\1/p' monitor.log
                quick down wg0; quick down wg1; state
                """.formatted(withdrawal, probe));

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0);
        List<String> way = other.isEmpty() ? List.of() : List.of(other);
        assertThat(transcript.sections("up")).containsExactly(List.of("wg0", "10.50.0.1 answers"));
        assertThat(transcript.sections("down").getFirst())
                .isEqualTo(other.isEmpty() ? List.of("10.50.0.1 is silent") : List.of(other, "10.50.0.1 answers"));
        assertThat(transcript.sections("reloaded")).containsExactly(way);
        assertThat(transcript.sections("up again")).containsExactly(List.of("wg0", "10.50.0.1 answers"));
        assertThat(transcript.sections("events"))
                .containsExactly(
                        List.of("peer-up", "peer-up", "peer-down", "routes-withdrawn", "peer-up", "routes-restored"));
        assertThatNothingIsLeft(transcript);
    }

    /// A monitor that was killed while routes are withdrawn: another one restores them, and `down` needs none.
    @Test
    void anotherMonitorGoesOn() {
        Transcript transcript = run("""
                scene remove 10.9.N.2
                sleep 26; sever
                await 60 'grep -q routes-withdrawn monitor.log'
                kill -9 $monitor; wait $monitor 2>/dev/null || true
                watch; sleep 3
                echo "-- restarted"; way
                mend
                await 30 'grep -q routes-restored monitor.log'
                echo "-- up again"; way
                kill $monitor; wait $monitor || true
                quick down wg0; quick down wg1; state
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.sections("restarted")).containsExactly(List.of("wg1"));
        assertThat(transcript.sections("up again")).containsExactly(List.of("wg0"));
        assertThatNothingIsLeft(transcript);
    }

    /// The process of an `up --confirm` is killed; its time is over.
    @Test
    void anOverdueTrialIsRolledBack() {
        Transcript transcript = run("""
                tunnel wg0 'PreDown = echo PreDown >>hooks' 'PostDown = echo PostDown >>hooks'
                state
                wgj-quick up --confirm 1h wg0 >said 2>&1 &
                await 30 "grep -q 'to keep this' said"
                for process in /proc/[0-9]*; do
                  if tr '\\0' '\\n' <"$process/cmdline" 2>/dev/null | grep -qx -- --detached; then kill -9 ${process#/proc/}; fi
                done
                wait || true
                watch; sleep 8
                echo "-- waits"; ip -br link show dev wg0 | cut -d' ' -f1
                sed -i 's/^until .*/until 1/' /run/wgj/journal/*/wg0
                await 20 'grep -q "rolled back" monitor.log'
                echo "-- hooks"; cat hooks
                kill $monitor; wait $monitor || true
                state
                """);

        assertThat(transcript.sections("waits")).containsExactly(List.of("wg0"));
        assertThat(transcript.sections("hooks")).containsExactly(List.of("PreDown", "PostDown"));
        assertThatNothingIsLeft(transcript);
    }
}
