// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphsTest {
    private static final String TEXT = "Rolls back unless `confirm' follows, see --hook-timeout and"
            + " /etc/wireguard/a-very-long-name-of-a-file-that-does-not-fit-into-forty-columns.conf there";

    @ParameterizedTest
    @ValueSource(ints = {40, 41, 60, 80, 200})
    void linesEndBetweenWordsAndFit(int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.paragraph(TEXT);
        assertThat(page.text().split("\\s+")).containsExactly(TEXT.split(" ", -1));
        assertThat(page.text().lines()).allMatch(line -> line.length() <= columns || line.indexOf(' ') < 0);
    }

    @Test
    void eightyColumnsWhenTheWidthIsUnknown() {
        Paragraphs page = new Paragraphs(0);
        page.paragraph("x ".repeat(100));
        assertThat(page.text().lines().findFirst().orElseThrow()).hasSize(79);
    }

    @Test
    void aNameThatIsTooLongHasALineForItself() {
        Paragraphs page = new Paragraphs(80);
        page.entry("-q", "quiet", 10);
        page.entry("--a-long-name", "long", 10);
        assertThat(page.text()).isEqualTo("  -q          quiet\n  --a-long-name\n              long\n");
    }

    @Test
    void laterLinesOfAUsageLineAreIndented() {
        Paragraphs page = new Paragraphs(40);
        page.hanging("Usage: ", "wgj show " + "[INTERFACE] ".repeat(4).strip());
        assertThat(page.text()).isEqualTo("Usage: wgj show [INTERFACE] [INTERFACE]\n       [INTERFACE] [INTERFACE]\n");
    }
}
