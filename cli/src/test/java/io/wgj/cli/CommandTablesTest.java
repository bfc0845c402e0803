// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What holds for every command of both programs.
class CommandTablesTest {
    private final MemoryHost host = new MemoryHost();

    static List<CommandRow> rows() {
        return CommandRow.all();
    }

    private Ran help(CommandRow row) {
        return row.program().equals("wgj") ? Ran.wgj(host, "help", row.name()) : Ran.wgjQuick(host, "help", row.name());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSpecHasWhatAManualPageNeeds(CommandRow row) {
        CommandSpec spec = row.command().spec();
        assertThat(spec.name()).isEqualTo(row.name());
        assertThat(spec.usageMessage().header()).containsExactly(row.command().summary());
        assertThat(spec.usageMessage().exitCodeList()).containsKeys("0", "1");
        assertThat(spec.usageMessage().footer()).as("examples").hasSizeGreaterThanOrEqualTo(2);
        assertThat(spec.usageMessage().footer().length % 2).isZero();
        for (OptionSpec option : spec.options()) {
            assertThat(option.hidden() || option.description().length == 1)
                    .as(option.longestName())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void helpSaysItAllAndFits(CommandRow row) {
        Ran ran = help(row);
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: " + row.program() + " " + row.name());
        assertThat(ran.out()).contains(row.command().summary() + ".", "\nExit codes:\n", "\nExamples:\n");
        assertThat(ran.out()).doesNotContain("CONFIG_FILE", "IFACE", "<interface>", "<file");
        // What picocli or a format would have replaced; the % of fe80::1%DEVICE is none.
        assertThat(ran.out()).doesNotContainPattern("%[a-z@|]|\\$\\{");
        for (OptionSpec option : row.command().spec().options()) {
            assertThat(ran.out().contains(option.longestName())).isEqualTo(!option.hidden());
        }
        // An example is shown as it is typed.
        assertThat(ran.out().lines().filter(line -> !line.startsWith("  w") && !line.startsWith("  (")))
                .allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void helpFollowsTheTerminalsWidth(CommandRow row) {
        host.columns = 60;
        assertThat(help(row).out().lines().filter(line -> !line.startsWith("  w") && !line.startsWith("  (")))
                .allMatch(line -> line.length() <= 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "save", "strip", "plan", "diff", "reload", "confirm", "help"})
    void everyCommandOfWgjQuickAnswersHelp(String name) {
        host.quick.userId = 1000;
        String page = Ran.wgjQuick(host, "help", name).out();
        for (String option : List.of("-h", "--help")) {
            assertThat(Ran.wgjQuick(host, name, option)).isEqualTo(new Ran(0, page, ""));
            assertThat(Ran.wgjQuick(host, name, "wg0", option).out()).isEqualTo(page);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch", "diff", "engine", "demo", "events", "fmt", "graph", "help", "monitor", "new", "qr", "schema",
                "status", "wait", "watch"
            })
    void everyOwnCommandOfWgjAnswersHelp(String name) {
        String page = Ran.wgj(host, "help", name).out();
        assertThat(Ran.wgj(host, name, "-h")).isEqualTo(new Ran(0, page, ""));
        assertThat(Ran.wgj(host, name, "--help")).isEqualTo(new Ran(0, page, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wgj", "wgj-quick"})
    void theTableOfExitCodesIsOne(String program) {
        Ran ran =
                program.equals("wgj") ? Ran.wgj(host, "help", "exit-codes") : Ran.wgjQuick(host, "help", "exit-codes");
        assertThat(ran.out())
                .contains(
                        "\n  0   done, or nothing to do\n",
                        "\n  9   applied, then rolled back\n",
                        "\n  10  at least one peer");
        assertThat(ran.code()).isZero();
    }
}
