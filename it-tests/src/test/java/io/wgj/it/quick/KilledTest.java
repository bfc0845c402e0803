// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal at some moment of an `up`, a `reload` or a `down`, and then at once `down`, or `up` and `down`:
/// what was there before is there again, and stays so. Moments are spread over the time that the command takes
/// here, each a little by chance; a failure names its own.
@Tag("namespace")
@Tag("long")
class KilledTest {
    private static final String SCRIPT = """
            install_resolvconf
            ip route add 198.51.100.0/24 via 192.0.2.1 dev v0
            hooks=('DNS = 1.1.1.1' 'PreUp = true' 'PostUp = true' 'PreDown = echo "PreDown" >>hooks' 'PostDown = echo "PostDown" >>hooks')
            first() { allowed='0.0.0.0/0, ::/0, 10.5.0.0/16' address='10.9.0.1/24 fd09::1/64' tunnel wg0 "${hooks[@]}"; }
            second() { allowed='10.6.0.0/16' address='10.9.0.2/24 fd09::2/64' tunnel wg0 "${hooks[@]}" 'Rule = fwmark 1 table 9'; }
            signals=($signals)
            first
            snapshot() { state | sed '/^-- resolvconf/,$d'; ls resolvconf /run/wireguard; find /run/wgj/journal -type f 2>/dev/null || true; }
            snapshot >before
            ready() { case $command in up) ;; *) wg-quick up wg0 2>>log ;; esac; if [[ $command == reload ]]; then second; fi; }
            # How long the command takes by itself.
            ready; start=${EPOCHREALTIME/./}; wgj-quick $command wg0 2>log; whole=$((${EPOCHREALTIME/./} - start))
            wgj-quick down --idempotent wg0 2>>log; first; snapshot >after; diff before after
            RANDOM=$seed
            for ((round = 0; round < rounds; round++)); do
              ready
              moment=$(((round * 1000 + RANDOM % 1000) * whole * 11 / 10 / (rounds * 1000)))
              wgj-quick $command wg0 2>log & pid=$!
              sleep "$((moment / 1000000)).$(printf %06d $((moment % 1000000)))"
              kill -${signals[round % ${#signals[@]}]} $pid 2>/dev/null || true
              wait $pid 2>/dev/null || true
              ended=0; : >hooks; there=$(ip -br link show type tun)
              if ((round % 2)); then wg-quick up wg0 2>>log || ended=$?; : >hooks; there=$(ip -br link show type tun); fi
              wg-quick down wg0 2>>log || ended="$ended, $?"
              first
              # What the killed run had started, a userspace implementation, is not about to make the link.
              sleep .5
              snapshot >after
              # A tunnel that was up is taken down with its hooks, whatever the journal tells. A hook that a killed
              # `down` had started is a process of its own and may end after it.
              ran=$(echo $(<hooks)); if [[ $command == down ]]; then ran=${ran/#PreDown PreDown/PreDown}; fi
              if [[ $command != up && -n $there && $ran != 'PreDown PostDown' ]]; then echo "hooks: $(echo $(<hooks))" >>after; fi
              if ! diff before after >difference; then
                echo "killed after $moment of $whole us in round $round, then ended with $ended:"; cat log difference
                ip link del wg0 2>/dev/null || true; find /run/wgj/journal -type f -delete
              fi
            done
            sleep 2; snapshot >after; diff before after
            # One that was told to end a moment ago may need another.
            for ((i = 0; i < 500; i++)); do pgrep -x "$implementation" >/dev/null || break; sleep .02; done
            if pgrep -x "$implementation"; then echo "an engine is left"; fi
            """;

    @ParameterizedTest
    @CsvSource({"up, 24", "reload, 12", "down, 12"})
    void nothingIsLeftOfARunThatWasKilled(String command, int rounds) {
        assertNothingIsLeft("implementation=wireguard-go signals=KILL command=" + command, rounds);
    }

    /// Most of its time such an `up` waits for the engine to start.
    @Test
    void nothingIsLeftOfAnUpThatWasEndedWhileOurEngineStarted() {
        assertNothingIsLeft(World.onOurEngine() + "implementation=java signals='KILL KILL TERM' command=up", 12);
    }

    private static void assertNothingIsLeft(String settings, int rounds) {
        int seed = ThreadLocalRandom.current().nextInt(32768);
        Transcript transcript = World.run(Tool.OURS, settings + " seed=" + seed + " rounds=" + rounds + "\n" + SCRIPT);

        assertThat(transcript.lines()).as("what is left, with seed %s", seed).isEmpty();
    }
}
