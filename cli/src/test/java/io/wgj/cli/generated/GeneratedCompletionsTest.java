// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.CommandRow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/// The word lists of the completions are those of the commands.
class GeneratedCompletionsTest {
    static final Path FOLDER = GeneratedRegions.root().resolve("packaging/src/completions");

    @ParameterizedTest
    @ValueSource(strings = {"wgj.bash", "_wgj", "wgj.fish"})
    void wordListsAreWhatTheCommandsSay(String file) throws IOException {
        GeneratedRegions.SHELL.check(FOLDER.resolve(file), CompletionText::of);
    }

    static Iterable<CommandRow> rows() {
        return CommandRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionIsInEveryList(CommandRow row) {
        for (OptionSpec option : ManualText.shown(row.command().spec())) {
            for (String name : option.names()) {
                String bare = name.replaceFirst("^--?", "");
                assertThat(CompletionText.of("bash table")).contains(name);
                assertThat(CompletionText.of("zsh table")).contains(name);
                assertThat(CompletionText.of("fish table")).containsPattern(" -[ls] " + bare + " ");
            }
        }
    }
}
