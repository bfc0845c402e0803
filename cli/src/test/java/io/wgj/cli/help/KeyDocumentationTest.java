// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every key of a file is documented wherever keys are, from one table.
class KeyDocumentationTest {
    private static final String START = "<!-- keys -->\n";

    private final MemoryHost host = new MemoryHost();

    @ParameterizedTest
    @EnumSource
    void helpDescribesTheKeyWithSyntaxAndExample(Key key) {
        host.columns = 1000;
        String page = Ran.wgjQuick(host, "help", "FILE").out();
        assertThat(page)
                .contains("  " + key.text() + " = " + key.syntax(), "      " + key.help())
                .contains("      Without it: " + key.absence() + ".\n")
                .contains("      Example: " + key.text() + " = " + key.example() + "\n");
        assertThat(Ran.wgj(host, "help", "FILE").out()).isEqualTo(page);
    }

    @Test
    void readmeHasTheTableOfKeys() throws IOException {
        String readme = Files.readString(root().resolve("README.md"));
        int start = readme.indexOf(START) + START.length();
        assertThat(readme.substring(start, readme.indexOf("<!-- end -->", start)))
                .as("README.md, between the marks; this is the table to copy")
                .isEqualTo(table());
    }

    private static String table() {
        StringBuilder out = new StringBuilder("| key | value | what it does | example |\n|---|---|---|---|\n");
        for (Section section : Section.values()) {
            out.append("| **[").append(section.title()).append("]** | | | |\n");
            for (Key key : Key.values()) {
                if (key.section() == section) {
                    out.append("| ").append(code(key.text())).append(owner(key));
                    out.append(" | ").append(code(key.syntax()));
                    out.append(" | ").append(key.help().replaceAll("`([^']*)'", "`$1`"));
                    out.append(" | ").append(code(key.example())).append(" |\n");
                }
            }
        }
        return out.toString();
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static String owner(Key key) {
        return switch (key.owner()) {
            case WG -> " *wg*";
            case WG_QUICK -> "";
            case WGJ -> " *wgj*";
        };
    }

    /// The repository's root: the nearest folder above that has a README.
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("README.md"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("") : folder;
    }
}
