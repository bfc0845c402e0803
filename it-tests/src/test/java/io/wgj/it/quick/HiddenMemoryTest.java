// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Processes that hold keys leave no core dumps, and reading their memory takes CAP_SYS_PTRACE.
@Tag("namespace")
class HiddenMemoryTest {
    /// The files in /proc of a process that leaves no dumps belong to root (proc(5)).
    @Test
    void aCommandsMemoryIsHiddenBeforeItReadsAKey() {
        Transcript transcript = World.run(Tool.OURS, """
                mkfifo words; chmod 644 words
                setpriv --reuid=65534 --regid=65534 --clear-groups wg setconf wg7 /dev/stdin <words 2>out & pid=$!
                exec 8>words
                for ((i = 0; i < 600; i++)); do
                  read -r name </proc/$pid/comm
                  owner=$(stat -c %u /proc/$pid/environ)
                  [[ $name != java || $owner != 0 ]] || break
                  sleep .1
                done
                echo "$name of $owner"
                exec 8>&-
                wait $pid || true
                """);

        assertThat(transcript.lines()).containsExactly("java of 0");
    }

    /// It does without native calls; a dump of it has no memory in it.
    @Test
    void aDumpOfPubkeyIsEmpty() {
        Transcript transcript = World.run(Tool.OURS, """
                mkfifo words
                wg pubkey <words >out & pid=$!
                exec 8>words
                for ((i = 0; i < 600; i++)); do
                  read -r filter </proc/$pid/coredump_filter
                  [[ $filter != 00000000 ]] || break
                  sleep .1
                done
                echo "filter $filter"
                echo "$PRIV" >&8; exec 8>&-
                wait $pid; [[ $(<out) == "$PUB" ]] && echo answered
                """);

        assertThat(transcript.lines()).containsExactly("filter 00000000", "answered");
    }

    @Test
    void theEnginesMemoryIsHiddenAndItsFolderIsTheRoot() {
        Transcript transcript = World.run(Tool.OURS, """
                cd '%s'
                ./wgj engine wg7
                pid=$(pgrep -x java)
                readlink /proc/$pid/cwd
                without="setpriv --inh-caps -all --bounding-set -all,+net_admin"
                $without cat /proc/self/environ >/dev/null && echo own
                $without cat /proc/$pid/environ >/dev/null 2>&1 || echo hidden
                """.formatted(Product.root()));

        assertThat(transcript.lines()).containsExactly("/", "own", "hidden");
    }
}
