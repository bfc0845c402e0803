// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void escapesWhatATerminalObeys() {
        String[][] rows = {
            {"plain text", "plain text"},
            {"a\u001b[31mb", "a\\x1b[31mb"},
            {"a\nwgj: forged", "a\\nwgj: forged"},
            {"a\rb\tc\u0007\u007f", "a\\rb\\tc\\x07\\x7f"},
            {"grün 日本 \uD83D\uDE00", "grün 日本 \uD83D\uDE00"},
            {"c\u009b31m", "c\\xc2\\x9b31m"},
            {"x\u202ey", "x\\xe2\\x80\\xaey"},
            {"a\\x1bb", "a\\x1bb"},
        };
        for (String[] row : rows) {
            String shown = Printable.of(Latin1.ofUnicode(row[0]));
            assertThat(shown).isEqualTo(Latin1.ofUnicode(row[1]));
            assertThat(Printable.of(shown)).isEqualTo(shown);
        }
    }

    @Test
    void escapesBytesThatAreNotUtf8() {
        assertThat(Printable.of("caf\u00e9")).isEqualTo("caf\\xe9");
        assertThat(Printable.of("\u00e2\u0082")).isEqualTo("\\xe2\\x82");
        assertThat(Printable.of("\u00c0\u0080")).isEqualTo("\\xc0\\x80");
    }

    @Test
    void anExcerptEndsAfterSixtyBytes() {
        assertThat(Printable.excerpt("a".repeat(60))).isEqualTo("a".repeat(60));
        assertThat(Printable.excerpt("\n" + "a".repeat(60))).isEqualTo("\\n" + "a".repeat(59) + "...");
    }
}
