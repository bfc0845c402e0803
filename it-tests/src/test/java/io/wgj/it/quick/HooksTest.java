// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What hooks find around them, which is what wg-quick's find, and how they are ended and named.
@Tag("namespace")
class HooksTest {
    /// Prints what `wgj-quick` says of its own; the transcript leaves that out.
    private static final String SAID = "sed -n 's/^wgj: /said| /p' err";

    /// bash's exported functions, and variables that are none for a shell.
    @ParameterizedTest
    @EnumSource
    void whatIsNoVariableToAShellArrives(Tool tool) {
        Transcript transcript = World.run(tool, """
                greet() { echo "hello $1"; }; export -f greet
                tunnel wg0 'PostUp = greet %i; env | grep -ax -e "no.variable=1" -e "1st=a b" | sort' \\
                  'PostUp = printf %s "$BYTES" | od -An -tx1'
                run env no.variable=1 '1st=a b' BYTES=$'\\xff\\xe9 ' wg-quick up wg0
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines())
                .filteredOn(line -> line.startsWith("out| "))
                .containsExactly("out| hello wg0", "out| 1st=a b", "out| no.variable=1", "out|  ff e9 20");
    }

    /// Functions with the names of what a launcher uses, options, and files that shells read: they are the hooks'.
    @ParameterizedTest
    @EnumSource
    void whatTheCallerExportsForShellsDoesNoHarm(Tool tool) {
        Transcript transcript = World.run(tool, """
                echo 'echo "sourced by ${0##*/}" >>/run/case/sourced' >startup
                tunnel wg0 'PostUp = type -t nonsense; echo "$CDPATH"; [[ $- == *u* ]] || echo unset allowed'
                nonsense() { :; }; export -f nonsense
                run env ENV=/run/case/startup CDPATH=/run IFS=/ PS4='$(touch /run/case/traced)' \\
                  wgj_bin=/x wgj_lib=/x wgj_root=/x wgj_java=/x wgj_invoked=wgj wg-quick up wg0
                ls sourced traced 2>/dev/null || echo nothing else ran
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).contains("out| function", "out| /run", "out| unset allowed", "nothing else ran");
    }

    /// The original's hooks get them: an exported `noexec` keeps every hook from running.
    @Test
    void theCallersShellOptionsDoNotReachHooks() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = env | grep -e ^SHELLOPTS= -e ^BASHOPTS= || echo no options'
                run env SHELLOPTS=braceexpand:noexec BASHOPTS=nocaseglob wg-quick up wg0
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).contains("out| no options");
    }

    /// A launcher is a script, and in a script functions come before programs and most builtins.
    @Test
    void functionsDoNotReachTheLauncher() {
        Transcript transcript = World.run(Tool.OURS, """
                echo 'echo "BASH_ENV for $0" >>/run/case/hijacked' >startup
                run env BASH_ENV=/run/case/startup bash -c '
                  for name in cd read echo command true readlink; do
                    eval "$name() { printf \"%s\\\\n\" $name >>/run/case/hijacked; }; export -f $name"
                  done
                  rm /run/case/hijacked
                  exec wgj-quick help up'
                cat hijacked 2>/dev/null || echo clean
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).contains("clean");
    }

    /// Standard streams, and what else the caller has opened; nothing of the JVM's.
    @ParameterizedTest
    @EnumSource
    void descriptorsOfTheCallerArriveAndNoOthers(Tool tool) {
        Transcript transcript = World.run(tool, """
                tunnel wg0 'PostUp = echo there >&77; readlink /proc/self/fd/* 2>/dev/null | grep -e jar -e modules || true'
                run wg-quick up wg0 77>seventh
                cat seventh
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).contains("there").noneMatch(line -> line.startsWith("out| "));
    }

    /// The terminal's foreground is where the hook is, with and without a time limit.
    @ParameterizedTest
    @ValueSource(strings = {"", "--hook-timeout 100s"})
    void aHookReadsFromTheTerminal(String option) {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = touch /run/case/asks; read -r word </dev/tty; echo "heard $word" >/run/case/heard'
                { while [[ ! -e asks ]]; do sleep .1; done; echo yes; while [[ ! -e heard ]]; do sleep .1; done; } |
                  script -qec 'wgj-quick up %s wg0' /dev/null >/dev/null
                cat heard
                """.formatted(option));

        assertThat(transcript.lines()).containsExactly("heard yes");
    }

    @ParameterizedTest
    @CsvSource({"PreUp, up, 2", "PostUp, up, 2", "PreDown, down, 2", "PostDown, down, 2"})
    void aHookThatFailsIsNamed(String phase, String verb, int line) {
        Transcript transcript = World.run(Tool.OURS, """
                key= tunnel wg0 '%s = exit 7'
                [[ %s == up ]] || wg-quick up wg0 2>/dev/null
                rc=0; wgj-quick %s wg0 2>err || rc=$?
                echo "rc $rc"
                """.formatted(phase, verb, verb) + SAID);

        assertThat(transcript.exits()).containsExactly(7);
        assertThat(transcript.lines())
                .anyMatch(said -> said.matches("said\\| " + phase + " \\(/etc/wireguard/wg0\\.conf:" + line
                        + "\\) exited with 7 after \\d+\\.\\d s"));
    }

    /// They differ from those that `up` ran until the file has those again; where they stand makes no difference.
    @Test
    void aReloadWarnsWhenTheHooksDiffer() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = true'; wg-quick up wg0 2>/dev/null
                warned() { wgj-quick reload wg0 2>&1 | grep -c 'the hook lines are not those' || true; }
                warned
                sed -i 's/PostUp = true/PostDown = true/' /etc/wireguard/wg0.conf; warned; warned
                wgj-quick plan reload wg0 | grep -c 'the hook lines are not those'
                sed -i 's/PostDown = true/# a line\\nPostUp = true/' /etc/wireguard/wg0.conf; warned
                """);

        assertThat(transcript.lines()).containsExactly("0", "1", "1", "1", "0");
    }

    /// It ignores SIGTERM, and has left a process that is no longer its child.
    @Test
    @Tag("long")
    void aHookThatHangsIsKilledWithAllThatItHasStarted() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = trap "" TERM; (sleep 1000 &); sleep 1001 & timeout 1002 sleep 1003 & sleep 1004; true'
                rc=0; wgj-quick up --hook-timeout 3s wg0 2>err || rc=$?
                echo "rc $rc"
                echo "-- asleep"; pgrep -x 'sleep|timeout' || true
                echo "-- said"
                """ + SAID);

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.sections("asleep")).containsExactly(List.of());
        assertThat(transcript.sections("said").getFirst())
                .anyMatch(said -> said.startsWith("said| PostUp (/etc/wireguard/wg0.conf:3, `trap ")
                        && said.endsWith(" was ended: longer than --hook-timeout 3s; its exit code is 137"));
    }

    /// A signal for us ends the hook too, and at the latest after two seconds.
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    @Tag("long")
    void aHookThatIgnoresSignalsEndsWithTheRun(String signal) {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = trap "" TERM INT HUP; touch /run/case/runs; sleep 1000; true'
                env --default-signal=INT wgj-quick up wg0 2>err & pid=$!
                while [[ ! -e runs ]]; do sleep .1; done
                kill -%s $pid
                rc=0; wait $pid || rc=$?
                echo "rc $rc"
                echo "-- left"; pgrep -x sleep || true; ip -br link show type tun
                """.formatted(signal));

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.sections("left")).containsExactly(List.of());
    }

    @Test
    void whatASuccessfulHookLeavesInTheBackgroundStaysThere() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = sleep 1000 &' 'PostUp = true'
                run wgj-quick up --hook-timeout 5s wg0
                pgrep -xa sleep
                """);

        assertThat(transcript.exits()).containsExactly(0);
        assertThat(transcript.lines()).anyMatch(line -> line.endsWith(" sleep 1000"));
    }
}
