// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.file.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `help FILE` describes every key of a file, from the table of keys.
class KeyDocumentationTest {
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
}
