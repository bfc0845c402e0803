// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same as [RoutesFollowPeersTest] with the kernel's WireGuard, from end to end. On an emulated processor its
/// bars of time do not hold.
@Tag("kernel")
@Tag("long")
class RoutesFollowPeersKernelTest {
    /// Each of the five programs that start takes some ten seconds.
    private static final Duration PATIENCE = Duration.ofMinutes(9);

    @Test
    void trafficTakesTheOtherWayUntilTheFarEndIsBack() {
        Transcript transcript = FailoverScene.run("""
                patience=180
                scene remove 10.9.N.2
                echo "-- up"; ip -o -d link show wg0 | grep -o ' wireguard '; way; knock 10.50.0.1
                # The monitor learns that each probe is answered.
                sleep 26; sever
                await 240 'grep -q routes-withdrawn monitor.log'
                echo "-- down"; way; knock 10.50.0.1 10
                mend
                await 180 'grep -q routes-restored monitor.log'
                echo "-- up again"; way; knock 10.50.0.1 10
                kill $monitor; wait $monitor || true
                echo "-- events"; sed -nE 's/.*: (peer-(up|down)|routes-[a-z]+)(: .*)?/\\1/p' monitor.log
                echo "-- scripts"; cat ran
                quick down wg0; quick down wg1; state
                """, PATIENCE);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.sections("up")).containsExactly(List.of(" wireguard", "wg0", "10.50.0.1 answers"));
        assertThat(transcript.sections("down")).containsExactly(List.of("wg1", "10.50.0.1 answers"));
        assertThat(transcript.sections("up again")).containsExactly(List.of("wg0", "10.50.0.1 answers"));
        assertThat(transcript.sections("events"))
                .containsExactly(
                        List.of("peer-up", "peer-up", "peer-down", "routes-withdrawn", "peer-up", "routes-restored"));
        assertThat(transcript.sections("scripts").getFirst())
                .containsExactlyInAnyOrder("up wg0", "up wg1", "down wg0", "up wg0");
        RoutesFollowPeersTest.assertThatNothingIsLeft(transcript);
    }
}
