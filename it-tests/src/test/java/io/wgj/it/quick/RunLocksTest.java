// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that meet: for one interface, and for two that need the same setting.
@Tag("namespace")
class RunLocksTest {
    /// Directly, by other programs in between, and by a hook of a tunnel that a hook brings up.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wgj-quick down wg0",
                "wgj-quick reload wg0",
                "wg-quick up wg0",
                "setsid -w sh -c 'timeout 60 wgj-quick down wg0 || exit 1'",
                "wg-quick up wg1"
            })
    void aHookCannotWaitForItsOwnRun(String command) {
        Transcript transcript = World.run(Tool.OURS, """
                key= address=10.8.0.1/24 allowed= tunnel wg1 'PostUp = wgj-quick down wg0'
                tunnel wg0 "PostUp = %s"
                run timeout 90 wg-quick up wg0
                grep 'this command' err | sed 's/process [0-9]*/process N/'
                ip -br link show type tun
                """.formatted(command));

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.lines())
                .anyMatch(line -> line.endsWith("-quick: this command runs in a hook of `wg-quick up wg0' (process N),"
                        + " which would wait for it for ever: a hook cannot run up, down or reload on its own"
                        + " interface"));
    }

    @Test
    void aRunSaysForWhomItWaits() {
        Transcript transcript = World.run(Tool.OURS, """
                tunnel wg0 'PostUp = touch reached; until [[ -e go ]]; do sleep .1; done'
                wg-quick up wg0 2>log & first=$!
                until [[ -e reached ]]; do sleep .05; done
                wgj-quick down wg0 2>said & second=$!
                until grep waiting said; do sleep .05; done | sed "s/$first/FIRST/"
                touch go; wait $first; wait $second
                ip -br link show type tun
                """);

        assertThat(transcript.lines()).containsExactly("wgj: waiting for `wg-quick up wg0' (process FIRST)");
    }

    /// The first of them leaves the setting to the second, which must not have looked before.
    @Test
    @Tag("long")
    void twoThatGoDownAtOnceLeaveNothing() {
        Transcript transcript = World.run(Tool.OURS, """
                allowed=0.0.0.0/0 tunnel wg0
                allowed=0.0.0.0/0 peer=$K2 address=10.8.0.1/24 tunnel wg1
                for round in {1..6}; do
                  wg-quick up wg0 2>log; wg-quick up wg1 2>log
                  wg-quick down wg0 2>log & wg-quick down wg1 2>log & wait
                  echo "$(</proc/sys/net/ipv4/conf/all/src_valid_mark) $(find /run/wgj/journal -type f)"
                  echo 0 >/proc/sys/net/ipv4/conf/all/src_valid_mark
                done
                """);

        assertThat(transcript.lines()).hasSize(6).allMatch("0"::equals);
    }
}
