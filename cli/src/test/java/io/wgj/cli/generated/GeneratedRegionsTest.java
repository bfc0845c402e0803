// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GeneratedRegionsTest {
    private static final String PAGE = "a\n.\\\" generated: one\nold\n.\\\" end generated\nb\n";

    @Test
    void whatStandsBetweenTheMarksIsReplaced() {
        assertThat(GeneratedRegions.MDOC.renew(PAGE, name -> name + "!\n"))
                .isEqualTo("a\n.\\\" generated: one\none!\n.\\\" end generated\nb\n");
    }

    @Test
    void marksOfAnotherKindAreText() {
        assertThat(GeneratedRegions.SHELL.renew(PAGE, name -> name)).isEqualTo(PAGE);
    }

    @Test
    void indentedMarksAndTheLastLineStayAsTheyAre() {
        String text = "  # generated: x y\n  # end generated";
        assertThat(GeneratedRegions.SHELL.renew(text, name -> name + "\n"))
                .isEqualTo("  # generated: x y\nx y\n  # end generated");
        String markdown = "<!-- generated: keys -->\n<!-- end generated -->\n";
        assertThat(GeneratedRegions.MARKDOWN.renew(markdown, name -> name + "\n"))
                .isEqualTo("<!-- generated: keys -->\nkeys\n<!-- end generated -->\n");
    }

    @Test
    void aRegionWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> GeneratedRegions.SHELL.renew("# generated: x\n", name -> name))
                .hasMessageContaining("`x' does not end");
    }
}
