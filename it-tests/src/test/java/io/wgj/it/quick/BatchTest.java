// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `wgj batch` as a process: lines of `wgj-quick` with hooks, a batch that stays open, and what ends it.
@Tag("namespace")
class BatchTest {
    private static final String BATCH = World.onOurEngine() + """
            export WGJ_QUICK_ENGINE=1
            batch() { "$root/wgj" batch "$@"; }
            """;

    @Test
    void aTunnelComesIsChangedAndGoesInOneProcess() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                tunnel wg0 'PostUp = echo hook; cat; echo and its errors >&2'
                printf '%s\\n' 'wgj-quick up wg0' "wg set wg0 peer '$K2' allowed-ips 10.88.0.0/16" \\
                  'wg show wg0 allowed-ips' 'wgj-quick up wg0' 'wgj-quick down wg0' >lines
                run batch -k lines
                tunnel wg0
                run batch --json lines
                """);

        assertThat(transcript.exits()).containsExactly(1, 1);
        assertThat(transcript.lines())
                .containsSubsequence("out| hook", "out| xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=	10.77.0.0/16")
                .contains(
                        "err| and its errors",
                        "err| wgj-quick: `wg0' already exists",
                        "err| [#] ip link delete dev wg0");
        assertThat(transcript.lines().stream().filter(line -> line.startsWith("out| {")))
                .hasSize(4)
                .allMatch(line -> line.endsWith("}"));
    }

    /// What a hook prints would be no JSON.
    @Test
    void jsonIsAllThatIsPrinted() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                tunnel wg0 'PostUp = echo hook; cat'
                echo 'wgj-quick up wg0' >lines
                run batch --json lines
                printf 'wg show interfaces\\nwgj-quick down wg0\\n' | batch --json
                """);

        assertThat(transcript.lines())
                .contains(
                        "err| hook",
                        "{\"schema\":\"wgj/1\",\"line\":1,\"command\":\"wg show interfaces\",\"exit\":0,"
                                + "\"output\":\"wg0\\n\"}")
                .noneMatch(line -> line.equals("out| hook"));
    }

    /// A hook reads nothing of the lines that follow.
    @Test
    void aBatchStaysOpenAndAnswersEachLine() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                tunnel wg0 'PostUp = cat'
                coproc W { batch; }
                ask() { echo "$1" >&"${W[1]}"; read -r answer <&"${W[0]}"; echo "$answer"; }
                echo 'wgj-quick up wg0' >&"${W[1]}"
                ask 'wg show interfaces'
                ask 'wg show wg0 fwmark'
                ask "wg set wg0 fwmark 0x12
                wg show wg0 fwmark"
                echo 'wgj-quick down wg0' >&"${W[1]}"
                pid=$W_PID; exec {W[1]}>&-; wait "$pid" && echo ended well
                """);

        assertThat(transcript.lines()).containsSubsequence("wg0", "off", "0x12", "ended well");
    }

    /// `{ head -n1; wgj batch; }`: the file's position counts.
    @Test
    void aFileIsReadFromWhereItStands() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                printf 'nonsense\\nwg show interfaces\\nwg genkey\\n' >lines
                { read -r first; run_in() { batch; }; run_in; } <lines | wc -c
                """);

        assertThat(transcript.lines()).contains("45");
    }

    /// As on a command line of its own.
    @Test
    void aSignalRollsBackTheLineThatRuns() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                tunnel wg0 'PostUp = echo ready >now; sleep 60'
                printf 'wgj-quick up wg0\\nwg genkey\\n' >lines
                "$root/wgj" batch lines >out 2>err & pid=$!
                until [[ -e now ]]; do sleep .05; done
                kill -TERM "$pid"; rc=0; wait "$pid" || rc=$?
                echo "rc $rc"; cat out; ip link show wg0 2>&1 || echo gone
                """);

        assertThat(transcript.exits()).containsExactly(1);
        assertThat(transcript.lines()).contains("gone").noneMatch(line -> line.endsWith("="));
    }

    @Test
    void aReaderThatLeavesEndsIt() {
        Transcript transcript = World.run(Tool.OURS, BATCH + """
                yes 'wg genkey' | { batch || echo "rc $?" >&2; } 2>err | head -n 0 || true
                cat err
                """);

        assertThat(transcript.exits()).containsExactly(141);
    }
}
