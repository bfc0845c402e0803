// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` at some moment of an `up`, and then `down`, or another `up` and its `down`: what was there before is there
/// again. Moments are spread over the time that an `up` takes here, each a little by chance; a failure names its own.
@Tag("namespace")
class KilledTest {
    private static final int ROUNDS = 24;

    private static final String SCRIPT = """
            install_resolvconf
            ip route add 198.51.100.0/24 via 192.0.2.1 dev v0
            allowed='0.0.0.0/0, ::/0, 10.5.0.0/16' address='10.9.0.1/24 fd09::1/64' \
              tunnel wg0 'DNS = 1.1.1.1' 'PreUp = true' 'PostUp = true'
            snapshot() { state | sed '/^-- resolvconf/,$d'; ls resolvconf /run/wireguard; }
            snapshot >before
            start=${EPOCHREALTIME/./}; wg-quick up wg0 2>log; whole=$((${EPOCHREALTIME/./} - start))
            wg-quick down wg0 2>>log; snapshot >after; diff before after
            RANDOM=$seed
            for ((round = 0; round < rounds; round++)); do
              moment=$(((round * 1000 + RANDOM % 1000) * whole * 11 / 10 / (rounds * 1000)))
              wg-quick up wg0 2>log & pid=$!
              sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
              kill -9 $pid 2>/dev/null || true
              wait $pid 2>/dev/null || true
              # What it had started, a userspace implementation, may be about to make the link.
              sleep .5
              ended=0
              if ((round % 2)); then wg-quick up wg0 2>>log || ended=$?; fi
              wg-quick down wg0 2>>log || ended="$ended, $?"
              snapshot >after
              if ! diff before after >difference; then
                echo "killed after $moment of $whole us in round $round, then ended with $ended:"; cat log difference
                ip link del wg0 2>/dev/null || true
              fi
            done
            """;

    @Test
    void nothingIsLeftOfAnUpThatWasKilled() {
        int seed = ThreadLocalRandom.current().nextInt(32768);
        Transcript transcript = World.run(Tool.OURS, "seed=" + seed + " rounds=" + ROUNDS + "\n" + SCRIPT);

        assertThat(transcript.lines()).as("what is left, with seed %s", seed).isEmpty();
    }
}
