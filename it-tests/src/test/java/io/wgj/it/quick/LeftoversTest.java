// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Journals that do not tell all, and links that are not where they were.
@Tag("namespace")
class LeftoversTest {
    /// `full NAME` writes a tunnel with default routes, rules and hooks that say which they are; `journal NAME` is
    /// its journal; `mine COMMAND…` runs a command and shows what it says of its own, too.
    private static final String WORDS = """
            full() {
              allowed='0.0.0.0/0, ::/0' address='10.9.0.1/24 fd09::1/64' tunnel "$1" 'Rule = fwmark 1 table 9 priority 77' \
                "PostUp = echo PostUp %i" "PreDown = echo PreDown %i" "PostDown = echo PostDown %i" "${@:2}"
            }
            journal() { echo /run/wgj/journal/*/"$1"; }
            mine() { run "$@"; sed -n -E 's/^wgj(-quick)?: /own| /p' err; }
            there() { echo '-- there'; ip -br link show type tun; ls "$(journal wg0)" 2>/dev/null || true; }
            left() { state | sed '/^-- resolvconf/,$d'; }
            """;

    private static List<String> hooks(Transcript transcript) {
        return transcript.lines().stream()
                .filter(line -> line.matches("out\\| (PostUp|PreDown|PostDown) .*"))
                .map(line -> line.substring("out| ".length()))
                .toList();
    }

    /// The journal says what to undo, never whether hooks run. A second `up` does not run `PostUp` again.
    @ParameterizedTest
    @ValueSource(strings = {"up", "reload"})
    void downRunsItsHooksAfterARunThatWasKilled(String killed) {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0 'SaveConfig = true' 'PostUp = [[ ! -e kill ]] || kill -9 $PPID'
                left >before
                if [[ %s == up ]]; then touch kill; run wg-quick up wg0; rm kill
                else
                  quick up wg0
                  # As a reload leaves it that is killed.
                  printf 'begin reload\\ndo reload-device\\twg0\\n' >>"$(journal wg0)"
                fi
                quick up wg0
                wg set wg0 listen-port 7001
                quick down wg0
                grep ListenPort /etc/wireguard/wg0.conf
                left >after; echo '-- left'; diff before after || true; there
                """.formatted(killed));

        assertThat(hooks(transcript)).containsExactly("PostUp wg0", "PreDown wg0", "PostDown wg0");
        assertThat(transcript.exits()).containsExactly(killed.equals("up") ? 137 : 0, 1, 0);
        assertThat(transcript.lines()).contains("err| wg-quick: `wg0' already exists", "ListenPort = 7001");
        assertThat(transcript.sections("left")).containsExactly(List.of());
        assertThat(transcript.sections("there")).containsExactly(List.of());
    }

    /// A device that `up` had not finished has less than the file.
    @Test
    void nothingIsSavedOfADeviceThatWasNotFinished() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0 'SaveConfig = true' 'PreUp = kill -9 $PPID'
                cp /etc/wireguard/wg0.conf before
                quick up wg0
                mine wgj-quick down wg0
                cmp before /etc/wireguard/wg0.conf; there
                """);

        assertThat(transcript.exits()).containsExactly(137, 0);
        assertThat(hooks(transcript)).containsExactly("PreDown wg0", "PostDown wg0");
        assertThat(transcript.lines())
                .contains("own| SaveConfig is skipped: `up' did not finish `wg0', so the file has more than the"
                        + " interface");
        assertThat(transcript.sections("there")).containsExactly(List.of());
    }

    /// From its first line on, and with lines that make no sense.
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3", "4", "6", "9", "12", "15", "18", "damaged", "binary", "index"})
    void whatAJournalDoesNotTellIsUndoneAsTheOriginalDoes(String lines) {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0; echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark; left >before
                quick up wg0
                file=$(journal wg0); cp "$file" whole
                case %1$s in
                  damaged) sed 's/^do/dp/' whole >"$file" ;;
                  binary) head -c 300 /dev/urandom >"$file" ;;
                  index) sed 's/^link .*/link 1/' whole >"$file" ;;
                  *) head -n %1$s whole >"$file" ;;
                esac
                quick down wg0
                left >after; echo '-- left'; diff before after || true; there
                """.formatted(lines));

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(hooks(transcript)).containsExactly("PostUp wg0", "PreDown wg0", "PostDown wg0");
        assertThat(transcript.sections("left")).containsExactly(List.of());
        assertThat(transcript.sections("there")).containsExactly(List.of());
    }

    @Test
    void anotherTunnelsJournalIsNoneOfItsBusiness() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0; left >before
                quick up wg0; quick down wg0
                printf 'wgj-journal 2\\nboot %s\\nwhat\\n' "$(</proc/sys/kernel/random/boot_id)" >newer; chmod 600 newer
                cp -p newer "$(echo /run/wgj/journal/*)/other"
                ln -s newer "$(echo /run/wgj/journal/*)/link"
                mine wgj-quick up wg0; mine wgj-quick reload wg0; mine wgj-quick down wg0
                left >after; echo '-- left'; diff before after || true
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0);
        assertThat(transcript.lines())
                .anyMatch(line -> line.startsWith("own| skipped the journal of another tunnel: /run/wgj/journal/")
                        && line.contains("/other: another version of wgj wrote it (wgj-journal 2)"));
        assertThat(transcript.sections("left")).containsExactly(List.of());
    }

    @Test
    void aJournalOfAnotherVersionIsRefusedWithTheWayOut() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0; left >before
                printf 'wgj-journal 2\nboot %s\nwhat\n' "$(</proc/sys/kernel/random/boot_id)" >newer; chmod 600 newer
                quick up wg0; cp -p newer "$(journal wg0)"
                mine wgj-quick down wg0; quick up wg0; rm "$(journal wg0)"; quick down wg0
                left >after; echo '-- left'; diff before after || true
                """);

        assertThat(transcript.exits()).containsExactly(0, 1, 1, 0);
        assertThat(transcript.lines())
                .anyMatch(line -> line.startsWith("err| /run/wgj/journal/")
                        && line.contains("/wg0: another version of wgj wrote it (wgj-journal 2); use the wgj that wrote"
                                + " it, or `rm "));
        // Without its journal, as the original leaves it.
        assertThat(transcript.sections("left").getFirst())
                .filteredOn(line -> line.startsWith("<") || line.startsWith(">"))
                .containsExactly("< 0", "> 1");
    }

    /// By another program, or by a hook, while it is up or down.
    @ParameterizedTest
    @CsvSource({"vpn0, false", "vpn0, true", "'vpn@0', false"})
    void aLinkThatWasRenamedIsTakenDown(String name, boolean withAnother) {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0 'SaveConfig = true' 'PostUp = ip link set %%i down; ip link set %%i name %1$s; ip link set %1$s up'
                left >before
                quick up wg0
                quick up wg0
                if %2$s; then ip link add wg0 type veth peer name peer0; left >before; fi
                mine wgj-quick down wg0
                sed '/^-- devices/,$d' before >before.now
                left | sed '/^-- devices/,$d' >after; echo '-- left'
                if %2$s; then diff <(grep -v 'wg0' before.now) <(grep -v wg0 after) | grep -c 'fwmark' || true
                else diff before.now after || true; fi
                echo '-- links now'; ip -br link show type tun; ls /sys/class/net | grep -x wg0 || true
                """.formatted(name, withAnother));

        assertThat(transcript.exits()).containsExactly(0, 1, 0);
        assertThat(hooks(transcript)).containsExactly("PostUp wg0", "PreDown wg0", "PostDown wg0");
        assertThat(transcript.lines()).contains("own| `wg0' is called `" + name + "' by now; that is taken down");
        if (!withAnother) {
            assertThat(transcript.sections("left")).containsExactly(List.of());
        }
        assertThat(transcript.sections("links now").getLast()).isEqualTo(withAnother ? List.of("wg0") : List.of());
    }

    /// The link was moved on purpose: `down` undoes the rest only with --from-journal.
    @Tag("long")
    @Test
    void aLinkThatWasMovedAwayIsNotThere() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0 'PostUp = ip link set %i netns far'
                ip netns add far; left >before
                quick up wg0
                mine wgj-quick down wg0
                there
                mine wgj-quick down --from-journal wg0
                left | sed '/^-- devices/,$d' >after; sed -i '/^-- devices/,$d' before
                echo '-- left'; diff before after || true
                there; echo '-- far'; ip -n far -br link show type tun | cut -c1-3
                quick down wg0
                """);

        assertThat(transcript.exits()).containsExactly(0, 1, 0, 1);
        assertThat(hooks(transcript)).containsExactly("PostUp wg0");
        assertThat(transcript.lines())
                .contains(
                        "err| wgj-quick: `wg0' is not a WireGuard interface",
                        "err| wg-quick: `wg0' is not a WireGuard interface");
        assertThat(transcript.sections("there").getFirst()).hasSize(1);
        assertThat(transcript.sections("there").getLast()).isEmpty();
        assertThat(transcript.sections("left")).containsExactly(List.of());
        assertThat(transcript.sections("far")).containsExactly(List.of("wg0"));
    }

    /// The interface of that name is taken down, as with the original, and what the first one brought goes too.
    @Test
    void aLinkThatWasMadeAgainIsTakenDown() {
        Transcript transcript = World.run(Tool.OURS, WORDS + """
                full wg0; left >before
                quick up wg0
                ip link del wg0; while [[ -e /run/wireguard/wg0.sock ]]; do sleep .1; done
                wireguard-go wg0 2>/dev/null; until wg show wg0 >/dev/null 2>&1; do sleep .1; done
                quick up wg0
                quick down wg0
                left >after; echo '-- left'; diff before after || true; there
                """);

        assertThat(transcript.exits()).containsExactly(0, 1, 0);
        assertThat(hooks(transcript)).containsExactly("PostUp wg0", "PreDown wg0", "PostDown wg0");
        assertThat(transcript.sections("left")).containsExactly(List.of());
        assertThat(transcript.sections("there")).containsExactly(List.of());
    }
}
