// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each code has a folder `trap` with files that trigger it and nothing else, and a folder `fine` with files that
/// are nearly the same and in which nothing is found.
class CheckCodeTest {
    private static final Path CODES = Path.of("src/test/resources/io/wgj/diagnosis/check/codes");

    @ParameterizedTest
    @EnumSource(CheckCode.class)
    void aTrapIsFoundAndNothingElse(CheckCode code) throws IOException {
        List<Finding> findings = findings(CODES.resolve(code.text()).resolve("trap"));
        assertThat(findings).extracting(Finding::code).isNotEmpty().containsOnly(code);
    }

    @ParameterizedTest
    @EnumSource(CheckCode.class)
    void nothingIsFoundInAFileWithoutTheTrap(CheckCode code) throws IOException {
        assertThat(findings(CODES.resolve(code.text()).resolve("fine"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CheckCode.class)
    void aLineToPasteRemovesTheTrapOrIsWrittenElsewhere(CheckCode code) throws IOException {
        for (Finding finding : findings(CODES.resolve(code.text()).resolve("trap"))) {
            assertThat(finding.message()).doesNotEndWith(".").isNotBlank();
            assertThat(finding.remedy()).doesNotEndWith(".");
            assertThat(finding.lines()).allMatch(line -> line.indexOf('\n') < 0);
        }
    }

    @Test
    void noFolderIsLeftOfACodeThatIsGone() throws IOException {
        Set<String> folders = new TreeSet<>();
        try (Stream<Path> list = Files.list(CODES)) {
            list.forEach(folder -> folders.add(folder.getFileName().toString()));
        }
        Set<String> codes = new TreeSet<>();
        for (CheckCode code : CheckCode.values()) {
            codes.add(code.text());
        }
        assertThat(folders).isEqualTo(codes);
    }

    /// The findings in all files of a folder, for the host that its file `host` describes.
    static List<Finding> findings(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(path -> path.toString().endsWith(".conf")).sorted().forEach(paths::add);
        }
        Path described = folder.resolve("host");
        FakeHost host = FakeHost.of(Files.exists(described) ? Files.readString(described) : "");
        List<CheckedFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(CheckedFile.of(path.getFileName().toString(), text(path)));
        }
        return host.isNetwork ? FileChecks.ofNetwork(files, host) : FileChecks.ofHost(files, host);
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
