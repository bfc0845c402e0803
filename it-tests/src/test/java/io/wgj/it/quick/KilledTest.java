// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A signal at some moment of an `up`, and then at once `down`, or another `up` and its `down`: what was there
/// before is there again, and stays so. Moments are spread over the time that an `up` takes here, each a little by
/// chance; a failure names its own.
@Tag("namespace")
class KilledTest {
    private static final int ROUNDS = 24;

    private static final String SCRIPT = """
            install_resolvconf
            ip route add 198.51.100.0/24 via 192.0.2.1 dev v0
            allowed='0.0.0.0/0, ::/0, 10.5.0.0/16' address='10.9.0.1/24 fd09::1/64' \
              tunnel wg0 'DNS = 1.1.1.1' 'PreUp = true' 'PostUp = true'
            signals=($signals)
            snapshot() { state | sed '/^-- resolvconf/,$d'; ls resolvconf /run/wireguard; }
            snapshot >before
            start=${EPOCHREALTIME/./}; wg-quick up wg0 2>log; whole=$((${EPOCHREALTIME/./} - start))
            wg-quick down wg0 2>>log; snapshot >after; diff before after
            RANDOM=$seed
            for ((round = 0; round < rounds; round++)); do
              moment=$(((round * 1000 + RANDOM % 1000) * whole * 11 / 10 / (rounds * 1000)))
              wg-quick up wg0 2>log & pid=$!
              sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
              kill -${signals[round % ${#signals[@]}]} $pid 2>/dev/null || true
              wait $pid 2>/dev/null || true
              ended=0
              if ((round % 2)); then wg-quick up wg0 2>>log || ended=$?; fi
              wg-quick down wg0 2>>log || ended="$ended, $?"
              # What the killed run had started, a userspace implementation, is not about to make the link.
              sleep .5
              snapshot >after
              if ! diff before after >difference; then
                echo "killed after $moment of $whole us in round $round, then ended with $ended:"; cat log difference
                ip link del wg0 2>/dev/null || true
              fi
            done
            sleep 2; snapshot >after; diff before after
            # One that was told to end a moment ago may need another.
            for ((i = 0; i < 500; i++)); do pgrep -x "$implementation" >/dev/null || break; sleep .02; done
            if pgrep -x "$implementation"; then echo "an engine is left"; fi
            """;

    @Test
    void nothingIsLeftOfAnUpThatWasKilled() {
        assertNothingIsLeft("implementation=wireguard-go signals=KILL", ROUNDS);
    }

    /// Most of its time such an `up` waits for the engine to start.
    @Test
    void nothingIsLeftOfAnUpThatWasEndedWhileOurEngineStarted() {
        assertNothingIsLeft(World.onOurEngine() + "implementation=java signals='KILL KILL TERM'", ROUNDS / 2);
    }

    private static void assertNothingIsLeft(String settings, int rounds) {
        int seed = ThreadLocalRandom.current().nextInt(32768);
        Transcript transcript = World.run(Tool.OURS, settings + " seed=" + seed + " rounds=" + rounds + "\n" + SCRIPT);

        assertThat(transcript.lines()).as("what is left, with seed %s", seed).isEmpty();
    }
}
