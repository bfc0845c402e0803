// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.cases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuickCommandLineTest {
    private static final String USAGE = "Usage: wg-quick [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]\n\n";

    private final MemoryHost host = new MemoryHost();

    @ParameterizedTest
    @ValueSource(strings = {"", "up", "up a b", "UP wg0", "plan wg0", "up --idempotent wg0", "--help x", "version"})
    @Case("O01")
    void whatTheOriginalDoesNotTakeGetsItsUsage(String words) {
        Ran ran = Ran.wgQuick(host, words.isEmpty() ? new String[0] : words.split(" ", -1));
        assertThat(ran.err()).startsWith(USAGE).doesNotContain("wgj");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    @Case("O02")
    void helpNeedsNoRoot(String word) {
        host.quick.userId = 1000;
        assertThat(Ran.wgQuick(host, word).err()).startsWith(USAGE);
        assertThat(Ran.wgQuick(host, word).code()).isZero();
        Ran ours = Ran.wgjQuick(host, word);
        assertThat(ours.out())
                .startsWith("Usage: wgj-quick COMMAND [ARGUMENT]...\n\n")
                .contains("\n  plan ");
        assertThat(ours.err()).isEmpty();
        assertThat(ours.code()).isZero();
        assertThat(host.quick.became).isEmpty();
    }

    @Test
    @Case("O09")
    void theOriginalsWordsBecomeSudo() {
        host.quick.userId = 1000;
        host.environment.put("PATH", "/nowhere:/usr/bin");
        host.files.own("/usr/bin/wg-quick", 0, 0100755);
        Ran ran = Ran.wgQuick(host, "strip", "./wg0.conf");
        assertThat(host.quick.became)
                .containsExactly(List.of(
                        "sudo",
                        "-p",
                        "wg-quick must be run as root. Please enter the password for %u to continue: ",
                        "--",
                        "/bin/bash",
                        "--",
                        "/usr/bin/wg-quick",
                        "strip",
                        "./wg0.conf"));
        // Only when there is no sudo does it come back.
        assertThat(ran).isEqualTo(new Ran(127, "", "wg-quick: sudo: No such file or directory\n"));
    }

    @Test
    void messagesNameTheProgramWithoutItsFolder() {
        host.quick.userId = 1000;
        Ran.of(InvokedAs.WGJ_QUICK, "./x/wgj-quick", host, "up", "--idempotent", "wg0");
        assertThat(host.quick.became.getFirst())
                .startsWith(
                        "sudo", "-p", "wgj-quick must be run as root. Please enter the password for %u to continue: ")
                .endsWith("--", "./x/wgj-quick", "up", "--idempotent", "wg0");
    }

    @Test
    void planningNeedsNoRoot() {
        host.quick.userId = 1000;
        host.files.put("/etc/wireguard/wg0.conf", "[Interface]\n");
        host.files.own("/etc/wireguard", 0, 0040700);
        assertThat(Ran.wgjQuick(host, "plan", "wg0").code()).isZero();
        assertThat(host.quick.became).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan|2|plan: [up | down | reload] FILE is missing",
                "plan up|5|`/etc/wireguard/up.conf' does not exist",
                "plan save wg0|2|save: only up, down and reload can be planned",
                "plan --json=x wg0|2|--json takes no value",
                "plan up --resolve wg0|2|--resolve is for `plan reload'",
                "plan reload --resolve --no-dns wg0|2|--resolve and --no-dns: one or the other",
                "up --resolve wg0|1|--resolve: no such option",
                "reload a b|2|reload: b: too many words; the operands are FILE",
                "reload --confirm|2|--confirm: TIME is missing",
                "reload --confirm soon wg0|2|--confirm: a duration is",
                "reload --many a b|2|--many: no such option",
                "up a b|1|up: one FILE a call, or --many",
                "up --detached wg0|1|--detached is not for users",
                "strip --many wg0|1|--many: no such option",
                "pln x|1|pln: no such command; did you mean `plan'?",
                "reload -|2|-: standard input has no name; give --interface too",
                "reload -i wg0 wg0|2|--interface goes with -"
            })
    void misuseIsExplained(String words, int code, String sentence) {
        Ran ran = Ran.wgjQuick(host, words.split(" ", -1));
        assertThat(ran.err()).contains(sentence);
        assertThat(ran.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "save", "strip", "plan", "reload", "confirm", "help"})
    void everyWordHasAPage(String word) {
        Ran ran = Ran.wgjQuick(host, "help", word);
        assertThat(ran.out()).startsWith("Usage: wgj-quick " + word);
        assertThat(ran.code()).isZero();
    }

    @Test
    void theVersionIsThatOfWgj() {
        assertThat(Ran.wgjQuick(host, "--version").out())
                .matches("wireguard-tools v1\\.0\\.20260223 - \\S+ \\(wgj .*\\)\n");
    }
}
