// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.CommandRow;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.file.Key;
import io.wgj.engine.io.EngineFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The man pages say what the commands, the keys and the examples say.
class GeneratedManualTest {
    private static final Path FOLDER = GeneratedRegions.root().resolve("packaging/src/man");
    private static final int COLUMNS_OF_AN_EXAMPLE = 72;

    static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.sorted().toList();
        }
    }

    static List<CommandRow> rows() {
        return CommandRow.all();
    }

    private static String page(CommandRow row) throws IOException {
        return Files.readString(FOLDER.resolve(ManualText.page(row) + ".8"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void generatedPartsAreWhatTheCodeSays(Path page) throws IOException {
        GeneratedRegions.MDOC.check(page, ManualText::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCommandHasAWholePage(CommandRow row) throws IOException {
        // The page of `help` is about both programs and says what wgj's spec says.
        String of = " of " + (row.name().equals("help") ? "wgj help" : row);
        assertThat(page(row))
                .contains(List.of(
                        ".\\\" generated: name" + of + "\n",
                        ".\\\" generated: synopsis" + of + "\n",
                        ".\\\" generated: examples" + of + "\n",
                        ".\\\" generated: description" + of + "\n",
                        ".\\\" generated: exit status" + of + "\n",
                        ".Ss What it changes, and how that is undone\n",
                        ".Sh SEE ALSO\n"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void examplesComeBeforeTheDescription(Path page) throws IOException {
        List<String> sections = matches("(?m)^\\.Sh (.*)$", Files.readString(page));
        assertThat(sections)
                .startsWith("NAME", "SYNOPSIS", "EXAMPLES", "DESCRIPTION")
                .endsWith("SEE ALSO");
        assertThat(sections.contains("EXIT STATUS")).isEqualTo(page.toString().endsWith(".8"));
    }

    /// What `help` prints is taken apart, not the spec: the page is to agree with what users see.
    @ParameterizedTest
    @MethodSource("rows")
    void helpAndPageHaveTheSameOptions(CommandRow row) throws IOException {
        MemoryHost host = new MemoryHost();
        Ran help = row.program().equals("wgj")
                ? Ran.wgj(host, "help", row.name())
                : Ran.wgjQuick(host, "help", row.name());
        Set<String> ofHelp = new TreeSet<>();
        for (String line : matches("(?m)^  (?:    )?(-.*)$", help.out())) {
            ofHelp.addAll(matches("(?:^|(?<=, ))(--?[a-z0-9-]+)", line));
        }
        Set<String> ofPage = new TreeSet<>();
        for (String line : matches("(?m)^\\.It (Fl .*)$", page(row))) {
            matches("Fl ([^ ]+)", line).forEach(name -> ofPage.add("-" + Mdoc.unescape(name)));
        }
        assertThat(ofPage).isEqualTo(ofHelp);
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyIsDescribedOnce(Key key) throws IOException {
        String region = ".\\\" generated: key " + ManualText.keyName(key) + "\n";
        String page = Files.readString(FOLDER.resolve("wgj.conf.5"));
        assertThat(page).containsOnlyOnce(region);
    }

    @ParameterizedTest
    @EnumSource
    void everySwitchOfTheEngineIsDescribed(EngineFeature feature) throws IOException {
        assertThat(Files.readString(FOLDER.resolve("wgj-engine.8"))).containsOnlyOnce(".It Ev " + feature.variable());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void examplesAreFilesThatATestBringsUp(Path page) throws IOException {
        String text = Files.readString(page);
        Matcher shown = Pattern.compile(
                        "(?s)\\.\\\\\" generated: file ([^\n]*)\n\\.Bd -literal -offset 2n\n(.*?)\\.Ed\n")
                .matcher(text);
        while (shown.find()) {
            List<String> lines = shown.group(2).lines().map(Mdoc::unescape).toList();
            assertThat(lines)
                    .as(shown.group(1))
                    .isEqualTo(Files.readAllLines(
                            GeneratedRegions.root().resolve("examples").resolve(shown.group(1))))
                    .allMatch(line -> line.length() <= COLUMNS_OF_AN_EXAMPLE);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesThatAreReferredToExist(Path page) throws IOException {
        for (String name : matches("(?m)^\\.Xr (wgj[^ ]* [0-9])", Files.readString(page))) {
            assertThat(FOLDER.resolve(name.replace(' ', '.'))).exists();
            assertThat(name.replace(' ', '.')).isNotEqualTo(page.getFileName().toString());
        }
    }

    @Test
    void everySetUpIsShown() throws IOException {
        Set<String> folders = new TreeSet<>();
        Path examples = GeneratedRegions.root().resolve("examples");
        try (Stream<Path> all = Files.walk(examples)) {
            all.map(examples::relativize)
                    .filter(file -> file.getNameCount() == 2 && file.toString().endsWith(".conf"))
                    .forEach(file -> folders.add(file.getName(0) + "/"));
        }
        // A mesh is what two sites are, once more.
        folders.remove("mesh/");
        assertThat(folders).isNotEmpty();
        assertThat(Files.readString(FOLDER.resolve("wgj-quick.8"))).contains(folders);
    }

    private static List<String> matches(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
