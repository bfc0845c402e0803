// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopLevelTest {
    private final MemoryHost host = new MemoryHost();

    @Test
    @Case("A01")
    void withoutWordsAndInterfacesNothingIsPrinted() {
        assertThat(Ran.wg(host)).isEqualTo(new Ran(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    @Case("A02")
    void helpIsOnStandardOutput(String word) {
        for (Ran ran : new Ran[] {Ran.wg(host, word), Ran.wgj(host, word)}) {
            assertThat(ran.out()).matches("(?s)Usage: wgj? <cmd> \\[<args>]\n\n.*Available subcommands:\n  show.*");
            assertThat(ran.err()).isEmpty();
            assertThat(ran.code()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"help x, help", "--version x, --version", "sho, sho", "SHOW, SHOW", "'', ''"})
    @Case({"A03", "A05", "A06"})
    void anUnknownWordIsNamedAndUsageFollows(String words, String word) {
        Ran ran = Ran.wg(host, words.split(" ", -1));
        assertThat(ran.err()).startsWith("Invalid subcommand: `" + word + "'\nUsage: wg <cmd> [<args>]\n");
        assertThat(ran.err().lines()).noneMatch(line -> line.startsWith("wgj:"));
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "-v", "--version"})
    @Case("A04")
    void theVersionIsOneLine(String word) {
        assertThat(Ran.wg(host, word).out()).matches("wireguard-tools v1\\.0\\.20260223 - https://\\S+\n");
        assertThat(Ran.wgj(host, word).out())
                .matches("wireguard-tools v1\\.0\\.20260223 - https://\\S+ \\(wgj [0-9][^)]*\\)\n");
    }

    @ParameterizedTest
    @CsvSource({
        "show --help, 0",
        "show -h, 0",
        "show help, 0",
        "show interfaces x, 1",
        "show wg0 dump extra, 1",
        "showconf, 1",
        "showconf a b, 1",
        "set wg0, 1",
        "set --help, 1",
        "setconf --help, 1",
        "addconf wg0, 1",
        "syncconf a b c, 1",
        "genkey --help, 1",
        "genpsk x, 1",
        "pubkey --help, 1"
    })
    @Case({"A07", "A08", "A09", "A11", "A12", "A13", "A14"})
    void usageOfACommandIsOnStandardError(String words, int code) {
        String command = words.split(" ", -1)[0];
        for (Ran ran : new Ran[] {Ran.wg(host, words.split(" ", -1)), Ran.wgj(host, words.split(" ", -1))}) {
            assertThat(ran.err()).matches("Usage: wgj? " + command + "( .*)?\n");
            assertThat(ran.out()).isEmpty();
            assertThat(ran.code()).isEqualTo(code);
        }
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case({"A11", "A12", "A13", "A14"})
    void usageLinesAreTheOriginals() {
        assertThat(Ran.wg(host, "showconf").err()).isEqualTo("Usage: wg showconf <interface>\n");
        assertThat(Ran.wg(host, "set", "wg0").err()).startsWith("Usage: wg set <interface> [listen-port <port>]");
        assertThat(Ran.wg(host, "addconf", "wg0").err())
                .isEqualTo("Usage: wg addconf <interface> <configuration filename>\n");
        assertThat(Ran.wg(host, "genpsk", "x").err()).isEqualTo("Usage: wg genpsk\n");
    }

    @Test
    @Case("A10")
    void showconfTakesHelpForAName() {
        assertThat(Ran.wg(host, "showconf", "--help").err()).isEqualTo("Unable to access interface: No such device\n");
    }

    @Test
    @Case("A15")
    void messagesNameTheProgramAsItWasCalled() {
        assertThat(Ran.of(InvokedAs.WG, "/x/y", host, "genkey", "x").err()).isEqualTo("Usage: /x/y genkey\n");
        assertThat(Ran.of(InvokedAs.WG, "/x/y", host, "pubkey").err())
                .isEqualTo("/x/y: Key is not the correct length or format\n");
    }

    @ParameterizedTest
    @CsvSource({
        "sho, show",
        "SHOW, show",
        "shwo, show",
        "setcnf, setconf",
        "genky, genkey",
        "--hepl, ''",
        "up, ''",
        "nothing, ''"
    })
    void underOurOwnNameAnUnknownWordIsAMisuse(String word, String meant) {
        Ran ran = Ran.wgj(host, word);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("wgj: " + word + ": no such command; ")
                .doesNotContain("?;")
                .endsWith("`wgj help' lists the commands\nUsage: wgj <cmd> [<args>]\n");
        if (meant.isEmpty()) {
            assertThat(ran.err()).doesNotContain("did you mean");
        } else {
            assertThat(ran.err()).contains("; did you mean `" + meant + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"show", "showconf", "set", "setconf", "addconf", "syncconf", "genkey", "genpsk", "pubkey", "help"
            })
    void everyCommandHasAPage(String command) {
        Ran ran = Ran.wgj(host, "help", command);
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: wgj " + command)
                .contains("Exit codes")
                .doesNotContain("%");
    }

    @Test
    void tooManyWordsForHelpAreAMisuse() {
        assertThat(Ran.wgj(host, "help", "set", "x").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "--version", "x").code()).isEqualTo(2);
        assertThat(Ran.wgj(host, "help", "nosuch").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"wg, WG", "wgj, WGJ", "wg-quick, WG_QUICK", "wgj-quick, WGJ_QUICK", "anything, WGJ"})
    void theNameOfTheLinkIsTheFace(String name, InvokedAs invokedAs) {
        assertThat(InvokedAs.of(name)).isEqualTo(invokedAs);
    }
}
