// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The monitor beside two tunnels that lead to one destination with different metrics: the first far end stops
/// answering, and comes back. Each scene has a world of its own and mostly waits, so they run at once.
@Tag("namespace")
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class RoutesFollowPeersTest {
    static void assertThatNothingIsLeft(Transcript transcript) {
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
        Transcript transcript = FailoverScene.run("""
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
                echo "-- scripts"; cat ran
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
        assertThat(transcript.sections("scripts").getFirst())
                .containsExactlyInAnyOrder("up wg0", "up wg1", "down wg0", "up wg0");
        assertThatNothingIsLeft(transcript);
    }

    /// A monitor that was killed while routes are withdrawn: another one restores them, and `down` needs none.
    @Test
    void anotherMonitorGoesOn() {
        Transcript transcript = FailoverScene.run("""
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
        Transcript transcript = FailoverScene.run("""
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

    /// The process of a `reload --confirm` is killed; its time is over. The monitor has the keys from the trial's
    /// file alone.
    @Test
    void anOverdueReloadIsRolledBack() {
        Transcript transcript = FailoverScene.run("""
                look() { echo "-- $1"; wg showconf wg0; ip route show dev wg0; ip -o link show dev wg0 | grep -o 'mtu [0-9]*'; }
                tunnel wg0 'PreDown = echo PreDown >>hooks'; echo "PresharedKey = $K2" >>/etc/wireguard/wg0.conf
                state; quick up wg0; look before
                key=$K2 allowed=10.78.0.0/16 endpoint=192.0.2.1:6 tunnel wg0 'MTU = 1300' 'ListenPort = 5555'
                wgj-quick reload --confirm 1h wg0 >said 2>&1 &
                await 30 "grep -q 'to keep this' said"
                look tried
                for process in /proc/[0-9]*; do
                  if tr '\\0' '\\n' <"$process/cmdline" 2>/dev/null | grep -qx -- --detached; then kill -9 ${process#/proc/}; fi
                done
                wait || true
                watch
                sed -i 's/^until .*/until 1/' /run/wgj/journal/*/wg0
                await 30 'grep -q "rolled back" monitor.log'
                look after
                echo "-- kept"; find /run/wgj/trial -type f
                kill $monitor; wait $monitor || true
                quick down wg0; state
                """);

        assertThat(transcript.sections("tried").getFirst()).contains("ListenPort = 5555", "mtu 1300");
        assertThat(transcript.sections("after")).isEqualTo(transcript.sections("before"));
        assertThat(transcript.sections("kept")).containsExactly(List.of());
        assertThatNothingIsLeft(transcript);
    }
}
