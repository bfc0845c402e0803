// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `up --confirm`, `reload --confirm` and `confirm`: a trial is kept when it is confirmed in time and rolled back
/// otherwise, even when its processes are killed.
@Tag("namespace")
class ConfirmTest {
    /// `try_out WORD…` starts a trial in the background and waits until it waits: `$pid` is the process in the
    /// foreground, `$child` the one that does it. `ended` prints what became of it, `there` what there is.
    private static final String WORDS = """
            first() { tunnel wg0 'PreDown = echo PreDown >>hooks' 'PostDown = echo PostDown >>hooks' "$@"; }
            try_out() {
              : >said; wgj-quick "$@" >>said 2>&1 & pid=$!
              until grep -q 'to keep this' said; do kill -0 $pid || { cat said; exit 1; }; sleep .05; done
              child=
              for process in /proc/[0-9]*; do
                if tr '\\0' '\\n' <"$process/cmdline" 2>/dev/null | grep -qx -- --detached; then child=${process#/proc/}; fi
              done
            }
            ended() { local code=0; wait $pid || code=$?; echo "ended $code"; }
            there() { echo "-- $1"; ip -br link show type tun | cut -c1-3; ip route show dev wg0 2>/dev/null | cut -d' ' -f1,2 || true; cat hooks 2>/dev/null || true; }
            """;

    private static Transcript run(String script) {
        return World.run(Tool.OURS, WORDS + script);
    }

    @ParameterizedTest
    @CsvSource({"INT, pid", "TERM, pid", "INT, child", "TERM, child"})
    void aSignalDuringTheTrialRollsBackAtOnce(String signal, String process) {
        Transcript transcript = run("""
                first
                # A shell makes its background jobs deaf to INT.
                trap : INT; set -m
                try_out up --confirm 1h wg0
                kill -%s $%s; ended; there left
                """.formatted(signal, process));

        assertThat(transcript.lines()).contains("ended 9");
        assertThat(transcript.sections("left")).containsExactly(List.of("PreDown", "PostDown"));
    }

    /// As when the connection that one is logged in through breaks: there is still time to come back.
    @ParameterizedTest
    @ValueSource(strings = {"HUP $pid", "KILL $pid", "HUP $child"})
    void theEndOfTheTerminalLeavesTheTimeToConfirm(String signal) {
        Transcript transcript = run("""
                first
                try_out up --confirm 1h wg0
                kill -%s; if [[ '%1$s' == *pid ]]; then ended; fi
                run wgj-quick confirm wg0
                if [[ '%1$s' == *child ]]; then ended; fi
                while kill -0 $child 2>/dev/null; do sleep .05; done
                there left
                run wgj-quick confirm wg0; quick down wg0
                """.formatted(signal));

        assertThat(transcript.exits()).as(String.join("\n", transcript.lines())).containsExactly(0, 5, 0);
        assertThat(transcript.sections("left").getFirst().getFirst()).isEqualTo("wg0");
        assertThat(transcript.sections("left").getFirst()).doesNotContain("PreDown");
    }

    @Test
    void aSignalBeforeAllIsDoneRollsBackToo() {
        Transcript transcript = run("""
                first 'PostUp = touch reached; sleep 1000'
                wgj-quick up --confirm 1h wg0 >said 2>&1 & pid=$!
                until [[ -e reached ]]; do sleep .05; done
                kill -TERM $pid; ended; there left; ls /run/wgj/journal/*
                """);

        assertThat(transcript.lines()).contains("ended 1");
        // A failed `up` runs no hooks.
        assertThat(transcript.sections("left")).containsExactly(List.of());
    }

    /// The next command finds in the journal that the trial was not confirmed.
    @ParameterizedTest
    @CsvSource({
        "up, 0, 'wg0,10.77.0.0/16,PreDown,PostDown'",
        "down, 0, 'PreDown,PostDown'",
        "reload, 5, 'PreDown,PostDown'"
    })
    void aTrialThatWasKilledIsRolledBackByTheNextCommand(String command, int code, String left) {
        Transcript transcript = run("""
                first
                try_out up --confirm 1h wg0
                kill -9 $child; ended
                # Its time is over.
                sed -i 's/^until .*/until 1/' /run/wgj/journal/*/wg0
                run wgj-quick confirm wg0
                there late
                run wgj-quick %s wg0
                there left
                """.formatted(command));

        assertThat(transcript.exits()).containsExactly(7, code);
        assertThat(transcript.sections("late").getFirst().getFirst()).isEqualTo("wg0");
        assertThat(transcript.sections("left").getFirst().stream()
                        .map(line ->
                                line.replace(" proto", "").replace(" scope", "").trim())
                        .filter(line -> !line.startsWith("10.9.0.0/24"))
                        .toList())
                .isEqualTo(List.of(left.split(",", -1)));
    }

    /// A killed reload has kept the device as it was, where root alone can read it. `SaveConfig` saves nothing
    /// that was not confirmed.
    @ParameterizedTest
    @ValueSource(strings = {"reload", "down"})
    void aReloadThatWasKilledIsRolledBackByTheNextCommand(String command) {
        Transcript transcript = run("""
                kept() { find /run/wgj/trial -type f -printf '%%m %%u\\n' 2>/dev/null; }
                psk() { first "$@"; echo "PresharedKey = $K2" >>/etc/wireguard/wg0.conf; }
                psk 'SaveConfig = true'; wg-quick up wg0
                allowed=10.78.0.0/16 endpoint=192.0.2.1:6 first 'SaveConfig = true' 'MTU = 1300'
                try_out reload --confirm 1h wg0
                echo "-- kept"; kept
                kill -9 $child; ended
                sed -i 's/^until .*/until 1/' /run/wgj/journal/*/wg0
                run wgj-quick confirm wg0
                %1$s=1; [[ -z ${reload-} ]] || psk 'SaveConfig = true'
                wgj-quick %1$s wg0 2>&1 | sed -n 's/.*\\(not confirmed.*\\)/\\1/p'
                echo "-- left"; kept
                [[ -n ${reload-} ]] || show_file /etc/wireguard/wg0.conf
                { wg show wg0 dump 2>/dev/null || true; } | cut -f2-4 | tail -n 1; ip -o link show dev wg0 2>/dev/null | grep -o 'mtu [0-9]*' || true
                """.formatted(command));

        assertThat(transcript.exits()).containsExactly(7);
        assertThat(transcript.sections("kept").getFirst().getFirst()).isEqualTo("600 root");
        assertThat(transcript.lines()).contains("not confirmed in time: rolling back");
        List<String> left = transcript
                .lines()
                .subList(
                        transcript.lines().indexOf("-- left"),
                        transcript.lines().size());
        assertThat(left).noneMatch(line -> line.startsWith("600 ")).noneMatch(line -> line.contains("10.78."));
        if (command.equals("reload")) {
            assertThat(left).contains("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=\t192.0.2.1:5\t10.77.0.0/16");
            assertThat(left).doesNotContain("mtu 1300");
        } else {
            assertThat(left)
                    .contains("PresharedKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=", "Endpoint = 192.0.2.1:5");
        }
    }

    /// Killed before all its steps were performed: its time runs from its beginning.
    @Test
    void aReloadThatWasKilledHalfWayIsRolledBackToo() {
        Transcript transcript = run("""
                first; wg-quick up wg0; there before; echo "-- then"
                install_resolvconf
                sed -i '2i [[ $1 != -a ]] || { echo $$ >/run/case/waits; exec sleep 1000; }' bin/resolvconf
                allowed=10.78.0.0/16 endpoint=192.0.2.1:6 first 'DNS = 192.0.2.53'
                wgj-quick reload --confirm 1h wg0 >said 2>&1 & pid=$!
                until [[ -s waits ]]; do sleep .05; done
                for process in /proc/[0-9]*; do
                  if tr '\\0' '\\n' <"$process/cmdline" 2>/dev/null | grep -qx -- --detached; then kill -9 ${process#/proc/}; fi
                done
                kill -9 $(<waits); ended
                run wgj-quick confirm wg0
                sed -i 's/^until .*/until 1/' /run/wgj/journal/*/wg0
                first
                wgj-quick reload wg0 2>&1 | sed -n 's/.*\\(not confirmed.*\\)/\\1/p'; there after
                wg show wg0 endpoints | cut -f2
                quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(5, 0);
        assertThat(transcript.lines()).contains("not confirmed in time: rolling back", "192.0.2.1:5");
        assertThat(transcript.sections("after").getFirst())
                .containsAll(transcript.sections("before").getFirst())
                .noneMatch(line -> line.startsWith("10.78."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "reload"})
    void beforeItsTimeIsOverAKilledTrialStillCanBeConfirmed(String verb) {
        Transcript transcript = run("""
                first
                if [[ %1$s == reload ]]; then wg-quick up wg0; allowed=10.78.0.0/16 first; fi
                try_out %1$s --confirm 1h wg0
                kill -9 $child; ended
                quick up wg0
                run wgj-quick up --confirm 1s wg0
                run wgj-quick confirm wg0
                run wgj-quick reload wg0; there left
                quick down wg0
                """.formatted(verb));

        assertThat(transcript.exits()).containsExactly(1, 1, 0, 0, 0);
        assertThat(transcript.lines()).contains("ended 137");
        assertThat(transcript.sections("left").getFirst()).contains("wg0").doesNotContain("PreDown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "reload"})
    @Tag("long")
    void downEndsTheTrialAndAnotherTunnelIsNotTouched(String verb) {
        Transcript transcript = run("""
                first
                if [[ %1$s == reload ]]; then wg-quick up wg0; allowed=10.78.0.0/16 first; fi
                try_out %1$s --confirm 1h wg0
                quick down wg0; ended; there down
                : >hooks
                if [[ %1$s == reload ]]; then wg-quick up wg0; allowed=10.79.0.0/16 first; fi
                try_out %1$s --confirm 10s wg0
                # It is stopped meanwhile, so that it has no chance to notice that it was taken down.
                kill -STOP $child
                wg-quick down wg0; : >hooks; wg-quick up wg0
                sleep 10; kill -CONT $child
                ended; there other
                """.formatted(verb));

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).containsSubsequence("ended 9", "ended 9");
        // The end of the other trial is what follows.
        assertThat(transcript.sections("down")).containsExactly(List.of("PreDown", "PostDown", "ended 9"));
        assertThat(transcript.sections("other").getFirst()).contains("wg0").doesNotContain("PreDown", "PostDown");
    }

    @Test
    void aReloadIsRolledBackOrKept() {
        Transcript transcript = run("""
                first; wg-quick up wg0; there before
                allowed=10.78.0.0/16 first
                try_out reload --confirm 1s wg0; ended; there over
                for which in pid child; do
                  try_out reload --confirm 1h wg0; kill -TERM ${!which}; ended; there signal
                done
                try_out reload --confirm 1h wg0
                run wgj-quick reload wg0; run wgj-quick reload --confirm 1s wg0
                run wgj-quick confirm wg0; ended; there kept
                # What is kept can be tried out again.
                allowed=10.79.0.0/16 first
                try_out reload --confirm 1s wg0; ended; there again
                """);

        assertThat(transcript.exits()).containsExactly(1, 1, 0);
        assertThat(transcript.lines()).containsSubsequence("ended 9", "ended 9", "ended 9", "ended 0", "ended 9");
        List<String> before = places(transcript, "before").getFirst();
        assertThat(places(transcript, "over")).containsExactly(before);
        assertThat(places(transcript, "signal")).containsExactly(before, before);
        assertThat(transcript.sections("kept").getFirst())
                .anyMatch(line -> line.startsWith("10.78.0.0/16"))
                .noneMatch(line -> line.startsWith("10.77.0.0/16"));
        assertThat(places(transcript, "again")).isEqualTo(places(transcript, "kept"));
    }

    /// The sections without what a trial that ended later has printed.
    private static List<List<String>> places(Transcript transcript, String section) {
        return transcript.sections(section).stream()
                .map(lines -> lines.stream()
                        .filter(line -> !line.startsWith("ended ") && !line.startsWith("$ ") && !line.startsWith("rc "))
                        .toList())
                .toList();
    }

    /// From when on it is started, and up to the last moment: a `confirm` that says yes is heard.
    @Test
    @Tag("long")
    void aConfirmationThatSaysYesIsHeard() {
        Transcript transcript = run("""
                first
                for ((round = 0; round < 6; round++)); do
                  rm -f hooks
                  wgj-quick up --confirm 1s wg0 >said 2>&1 & pid=$!
                  if ((round %% 2)); then
                    until grep -q 'to keep this' said; do sleep .02; done
                    sleep .$((1 + round))
                  fi
                  said=0; until wgj-quick confirm wg0 2>/dev/null; do
                    said=$?; ((said == 5)) && kill -0 $pid 2>/dev/null || break
                  done
                  code=0; wgj-quick confirm wg0 2>/dev/null || true; wait $pid || code=$?
                  links=$(ip -br link show type tun | grep -c wg0 || true)
                  echo "round $round: $code $links"
                  wgj-quick down --idempotent wg0 2>/dev/null
                done
                """.replace("%%", "%"));

        // Kept and there, or rolled back and gone.
        assertThat(transcript.lines()).hasSize(6).allMatch(line -> line.endsWith(": 0 1") || line.endsWith(": 9 0"));
        assertThat(transcript.lines()).anyMatch(line -> line.endsWith(": 0 1"));
    }

    @Test
    void aHookMayConfirm() {
        Transcript transcript = run("""
                first 'PostUp = wgj-quick confirm %i'
                wgj-quick up --confirm 1h wg0 >said 2>&1 & pid=$!; ended; there left
                """);

        assertThat(transcript.lines()).contains("ended 0");
        assertThat(transcript.sections("left").getFirst()).contains("wg0");
    }

    /// A failing hook does not keep up a tunnel that was not confirmed.
    @Test
    void aPreDownHookThatFailsDoesNotStopTheWayBack() {
        Transcript transcript = run("""
                first 'PreDown = false'
                try_out up --confirm 1s wg0; ended; there left
                """);

        assertThat(transcript.lines()).contains("ended 9");
        assertThat(transcript.sections("left")).containsExactly(List.of("PreDown", "PostDown"));
    }
}
