// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tab in real shells, on a real terminal (`expect` holds its other end).
@Tag("package")
@Tag("long")
class CompletionsTest {
    /// `press SHELL LINE…` types each line in that shell, then deletes it, and prints what the terminal showed
    /// meanwhile. The shell reads one key after the other, so nothing here waits for a time.
    private static final String WORDS = """
            cat >/run/press.exp <<'X'
            set timeout 30
            set shell [lindex $argv 0]
            set setup(bash) ". /usr/share/bash-completion/bash_completion"
            set setup(zsh) "autoload -U compinit; compinit -u -D; LISTMAX=999"
            set setup(fish) "true"
            set words(bash) {bash --norc --noprofile -i}
            set words(zsh) {zsh -f -i}
            set words(fish) {fish -i -C "function fish_greeting; end; function fish_prompt; echo 'ready> '; end"}
            eval spawn -noecho $words($shell)
            stty columns 200
            set n 0
            # A shell that shows its prompt reads keys itself; before, the terminal would take them.
            proc press {keys} {
              global n
              incr n
              send -- "${keys}echo no''w$n\\r"
              expect {
                -re "now$n\\r.*ready> " {}
                timeout { puts "no answer"; exit 1 }
                eof { puts "the shell has ended"; exit 1 }
              }
            }
            expect "ready> "
            press "$setup($shell)\\r"
            foreach line [lrange $argv 1 end] {
              puts "\\n-- $line"
              press "$line\\t\\t\\025"
            }
            X
            press() {
              (cd / && TERM=xterm PS1='ready> ' expect -f /run/press.exp "$@") | tr -d '\\r\\a' |
                sed 's/\\x1b\\[[0-9;?<>=]*[a-zA-Z]//g; s/\\x1b[=>(B]*//g'
              echo
            }
            """;

    static Stream<Arguments> shells() {
        return Stream.of("bash", "zsh", "fish")
                .flatMap(shell -> Stream.of(Suite.values()).map(suite -> Arguments.of(shell, suite)));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void tabKnowsCommandsOptionsTunnelsAndInterfaces(String shell, Suite suite) {
        Printed printed = Debian.system(suite).run(WORDS + """
                dpkg -i "$package" >/dev/null 2>&1
                tunnel office
                tunnel home
                cp /etc/wireguard/home.conf '/etc/wireguard/$(touch executed-by-tab).conf'
                wgj-quick up home 2>/dev/null
                press %s 'wgj-quick ' 'wgj sho' 'wgj-quick reload --res' 'wgj-quick up off' 'wgj-quick up ' 'wgj show ' 'wgj-quick down '
                section executed
                find / -xdev -name 'executed-by-tab*' ! -path '/etc/*'
                """.formatted(shell));

        assertThat(printed.section("wgj-quick ").toString()).contains("reload", "plan", "confirm");
        assertThat(printed.section("wgj sho").toString()).contains("wgj show");
        assertThat(printed.section("wgj-quick reload --res").toString()).contains("reload --resolve");
        assertThat(printed.section("wgj-quick up off").toString()).contains("up office");
        assertThat(printed.section("wgj-quick up ").toString()).contains("office", "home");
        assertThat(printed.section("wgj show ").toString())
                .contains("home", "interfaces")
                .doesNotContain("office");
        assertThat(printed.section("wgj-quick down ").toString()).contains("home");
        assertThat(printed.section("executed").lines()).isEmpty();
    }
}
