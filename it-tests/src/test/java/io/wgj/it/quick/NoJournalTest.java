// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where `/run/wgj` is not as it should be.
@Tag("namespace")
class NoJournalTest {
    private static final String WORDS = """
            mkdir -p /run/wgj
            full() {
              allowed='0.0.0.0/0, ::/0' address='10.9.0.1/24 fd09::1/64' tunnel wg0 'Rule = fwmark 1 table 9 priority 77' \
                'Route = blackhole 198.51.100.0/24' 'Rule = iif lo to 198.51.100.9 table 9' 'Underlay = dev v0 via 192.0.2.1' "$@"
            }
            left() { state | sed '/^-- src_valid_mark/,$d'; }
            cycle() {
              full; left >before
              run wgj-quick up wg0; echo '-- said'; sed -n 's/^wgj: \\(\\/run.*\\)/\\1/p' err
              run wgj-quick reload wg0; run wgj-quick down wg0
              left >after; echo '-- left'; diff before after || true
            }
            """;

    /// As in a container: a tunnel comes up all the same, and goes as the original takes it down, our own keys
    /// included.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount -t tmpfs -o ro t /run/wgj                                        | /run/wgj/journal: Read-only file system
            mount -t tmpfs -o nr_inodes=4 t /run/wgj                               | No space left on device
            mount -t tmpfs -o nr_inodes=7 t /run/wgj                               | No space left on device
            """)
    void aTunnelComesUpWithoutAJournal(String how, String reason) {
        Transcript transcript = World.run(Tool.OURS, WORDS + "cd /run/case; " + how + "\ncycle\n");

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("said").getFirst())
                .singleElement()
                .asString()
                .contains(
                        reason,
                        "; going on without a journal: `down wg0' will undo what wg-quick's `down' undoes (in a"
                                + " container, give it --tmpfs /run/wgj)");
        assertThat(transcript.sections("left")).containsExactly(List.of());
    }

    @Test
    void underTheOriginalsNameItSaysNothing() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                mount -t tmpfs -o ro t /run/wgj
                full; wg-quick up wg0 2>err; grep -c wgj: err || true; wg-quick down wg0 2>err; grep -c wgj: err || true
                """);

        assertThat(transcript.lines()).containsExactly("0", "0");
    }

    /// A journal that can no longer be written is still read.
    @Test
    void whatBecameReadOnlyIsStillUsed() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                mount -t tmpfs t /run/wgj
                full; state | sed '/^-- devices/,$d' >before
                quick up wg0; mount -o remount,ro /run/wgj
                quick down wg0
                state | sed '/^-- devices/,$d' >after; echo '-- left'; diff before after || true
                mount -o remount,rw /run/wgj
                quick up wg0; quick down wg0; find /run/wgj/journal -type f
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.sections("left").getFirst())
                .noneMatch(line -> line.startsWith("<") || line.startsWith(">"));
    }

    /// A container's tmpfs. Others may have things of their own in it, but nothing that is taken for ours.
    @Test
    void aFolderWithTheStickyBitIsAccepted() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                mount -t tmpfs -o mode=1777 t /run/wgj
                cycle; ls -ld /run/wgj/journal | cut -c1-10
                rm -r /run/wgj/lock; mkdir /run/wgj/lock; chown 1000 /run/wgj/lock
                quick up wg0; ip -br link show type tun
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 1);
        assertThat(transcript.sections("said")).containsExactly(List.of());
        assertThat(transcript.lines())
                .contains(
                        "drwx------",
                        "err| /run/wgj/lock: it belongs to user 1000 and has mode 0755, so others could write what root"
                                + " would undo; `rm -r /run/wgj/lock'");
    }

    /// Refused before any step, with the command that mends it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chown 1000 /run/wgj | it belongs to user 1000 and has mode 0755, so others could write what root would undo; `chown root: /run/wgj && chmod 755 /run/wgj'
            chown 1000 /run/wgj; chmod 1777 /run/wgj | it belongs to user 1000 and has mode 1777, so others could write what root would undo; `chown root: /run/wgj && chmod 755 /run/wgj'
            chmod 777 /run/wgj | it belongs to user 0 and has mode 0777, so others could write what root would undo; `chmod 0755 /run/wgj'
            chmod 775 /run/wgj | it belongs to user 0 and has mode 0775, so others could write what root would undo; `chmod 0755 /run/wgj'
            rmdir /run/wgj; ln -s /tmp /run/wgj | it is not a folder; `rm /run/wgj', and wgj makes one
            rmdir /run/wgj; : >/run/wgj | it is not a folder; `rm /run/wgj', and wgj makes one
            """)
    void aFolderOfOthersIsRefused(String how, String reason) {
        Transcript transcript = World.run(Tool.OURS, WORDS + how + """

                full; quick up wg0; ip -br link show type tun
                mend=$(sed -n "s/^.*; .\\([a-z][^']*\\)'.*/\\1/p" err); eval "$mend"
                quick up wg0; quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(1, 0, 0);
        assertThat(transcript.lines()).contains("err| /run/wgj: " + reason);
    }

    @Test
    void aTrialNeedsAJournal() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                mount -t tmpfs -o ro t /run/wgj
                full; run wgj-quick up --confirm 1s wg0; ip -br link show type tun
                run wgj-quick confirm wg0
                """);

        assertThat(transcript.exits()).containsExactly(1, 5);
        assertThat(transcript.lines())
                .contains(
                        "err| wgj-quick: --confirm needs a journal, and there is none: /run/wgj/journal: Read-only file"
                                + " system (in a container, give it --tmpfs /run/wgj)");
    }
}
