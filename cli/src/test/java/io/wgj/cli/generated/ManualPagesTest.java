// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The man pages are good mdoc, and readable on a terminal of 80 columns.
class ManualPagesTest {
    private static final int COLUMNS = 80;

    static List<Path> pages() throws IOException {
        return GeneratedManualTest.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void mandocFindsNothingWrong(Path page) throws Exception {
        needs("mandoc");
        List<String> complaints = run("mandoc", "-T", "lint", "-W", "style", page.toString())
                .lines()
                // Examples come first, for a reader in a hurry.
                .filter(line -> !line.contains("sections out of conventional order"))
                // Pages of other packages, and ours before they are installed; another test looks for ours.
                .filter(line -> !line.contains("referenced manual not found") && !line.contains("outdated mandoc.db"))
                .toList();
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void mandocFitsEightyColumns(Path page) throws Exception {
        needs("mandoc");
        fits(run("mandoc", "-T", "ascii", "-O", "width=78", page.toString()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void groffFitsEightyColumnsAndWarnsOfNothing(Path page) throws Exception {
        needs("groff");
        String text = run("groff", "-mdoc", "-Tascii", "-P-cbou", "-ww", "-rLL=78n", page.toString());
        assertThat(text).doesNotContain("warning:", "error:");
        fits(text);
    }

    private static void fits(String text) {
        // Overstruck characters are bold or underlined.
        assertThat(text.replaceAll(".\b", "").lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.length() <= COLUMNS);
    }

    private static void needs(String program) {
        boolean found = Stream.of("/usr/bin/", "/usr/local/bin/")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + program)));
        assumeTrue(found, () -> program + " is not installed: apt-get install " + program);
    }

    /// What the program prints, on either stream.
    private static String run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
