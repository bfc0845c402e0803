// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No class archive holds machine code. An archive travels with an image to other machines, and code that was
/// made for this processor would crash on one with fewer features. Today's JDK writes none into archives of this
/// kind; one that does fails this test.
class PortableArchivesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"short", "quick", "engine"})
    void anArchiveHoldsNoMachineCode(String archive) throws IOException {
        Path log = folder.resolve("log");
        starting(archive)
                .env("WGJ_JAVA_OPTS", "-Xlog:cds,aot:file=" + log)
                .env("SUDO_UID", "")
                .run();

        // The JVM logs each part of an archive that it maps: `region #1 … (ReadOnly)`, `region #4 … (Code)`.
        List<String> regions = Files.readAllLines(log).stream()
                .filter(line -> line.contains(" region #"))
                .toList();
        assertThat(regions)
                .anyMatch(line -> line.endsWith("(ReadOnly)"))
                .noneMatch(line -> line.contains("Unmapping") && line.endsWith("(ReadOnly)"))
                .noneMatch(line -> line.endsWith("(Code)"));
    }

    /// A command that starts with that archive and needs no rights.
    private static Command starting(String archive) {
        return switch (archive) {
            case "short" -> Product.wgj("genkey");
            case "quick" -> Command.of(Product.root().resolve("wgj-quick"), "help", "up");
            default -> Product.wgj("engine", "-f", "no name");
        };
    }
}
