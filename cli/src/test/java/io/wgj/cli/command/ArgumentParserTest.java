// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

class ArgumentParserTest {
    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("try");
        spec.addOption(Options.help());
        spec.addOption(Options.flag("-f", "--force", "forces"));
        spec.addOption(Options.json("a document"));
        spec.addOption(Options.quiet("is quiet"));
        spec.addOption(Options.duration("--confirm", "waits"));
        spec.addOption(Options.value("-o", "--output", "FILE", "writes"));
        spec.addPositional(Options.operands("FILE", "0..1", "a file"));
        return spec;
    }

    private static Arguments parse(String... words) throws MisuseException {
        return ArgumentParser.parse(spec(), List.of(words));
    }

    @Test
    void optionsStandAnywhereAndEndAtTwoDashes() throws Exception {
        Arguments arguments = parse("a", "--confirm=1m30s", "-fq", "-o", "out", "--", "-b");
        assertThat(arguments.operands()).containsExactly("a", "-b");
        assertThat(arguments.duration("--confirm").orElseThrow().toSeconds()).isEqualTo(90);
        assertThat(arguments.text("--output")).contains("out");
        assertThat(arguments.has("--force")).isTrue();
        assertThat(arguments.quiet()).isTrue();
        assertThat(arguments.json()).isFalse();
    }

    @Test
    void aFileNameThatBeginsWithAnAtSignIsNotExpanded() throws Exception {
        assertThat(parse("@nowhere").operands()).containsExactly("@nowhere");
    }

    @Test
    void oneDashIsAnOperand() throws Exception {
        assertThat(parse("-").operands()).containsExactly("-");
    }

    @Test
    void bytesOfAWordStayWhatTheyAre() throws Exception {
        String word = "\u00ff\u00e9$x${y}\\\"q\"";
        assertThat(parse(word).operands()).containsExactly(word);
    }

    @Test
    void theLastOfSeveralValuesCounts() throws Exception {
        assertThat(parse("a", "-o", "x", "-o", "y").text("--output")).contains("y");
    }

    @Test
    void helpNeedsNoOperands() throws Exception {
        assertThat(parse("-h").has(Options.HELP)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--confrim 60s a|--confrim: no such option; did you mean `--confirm'?",
                "--confirm|--confirm: TIME is missing",
                "--confirm --json a|--confirm: TIME is missing",
                "--confirm soon a|--confirm: a duration is",
                "--json=x a|--json takes no value",
                "-q|FILE is missing",
                "a b c|c: too many words; the operands are FILE",
            })
    void whatIsWrongIsOneSentence(String words, String sentence) {
        assertThatThrownBy(() -> parse(words.split(" ", -1)))
                .isInstanceOfSatisfying(
                        MisuseException.class,
                        misuse -> assertThat(misuse.sentence()).startsWith(sentence));
    }
}
