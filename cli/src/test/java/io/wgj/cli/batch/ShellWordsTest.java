// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.cli.batch.ShellWords.SyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines are split as `sh` splits them.
class ShellWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\u0001',
            value = {
                "wg set wg0!wg|set|wg0",
                "wg  \t set   wg0  !wg|set|wg0",
                "wg set 'a b' \"c d\"!wg|set|a b|c d",
                "wg a'b'\"c\"d!wg|abcd",
                "wg a\\ b \\'!wg|a b|'",
                "wg \"\\\"\\\\\\$\\n\"!wg|\"\\$\\n",
                "wg '' \"\" x!wg|||x",
                "wg a#b # c 'd!wg|a#b",
                "wg peer k= endpoint [2001:db8::1]:5 allowed-ips +10.0.0.0/8,-::/0!"
                        + "wg|peer|k=|endpoint|[2001:db8::1]:5|allowed-ips|+10.0.0.0/8,-::/0",
                "wg a~b '~' '$HOME'!wg|a~b|~|$HOME",
            })
    void splitsAsAShellDoes(String line, String words) throws SyntaxException {
        assertThat(String.join("|", ShellWords.split(line))).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t", "# set", "  # 'x", "#"})
    void blankLinesAndCommentsHaveNoWords(String line) throws SyntaxException {
        assertThat(ShellWords.split(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\u0001',
            value = {
                "wg 'abc!4!not closed",
                "wg a \"abc!6!not closed",
                "wg $HOME!4!for a shell",
                "wg \"$HOME\"!5!single quotes",
                "wg a|b!5!for a shell",
                "wg show >x!9!for a shell",
                "wg ~/x!4!for a shell",
                "wg *!4!for a shell",
                "wg a\\!5!one line",
            })
    void whatOnlyAShellCanDoIsRefusedWithItsPlace(String line, int column, String reason) {
        assertThatThrownBy(() -> ShellWords.split(line))
                .isInstanceOfSatisfying(
                        SyntaxException.class,
                        refused -> assertThat(refused.column()).isEqualTo(column))
                .hasMessageContaining(reason);
    }

    @Test
    void aNulByteIsRefusedAlsoInsideQuotes() {
        for (String line : new String[] {"wg a\0b", "wg 'a\0b'", "wg \"a\0b\"", "wg a\\\0b"}) {
            assertThatThrownBy(() -> ShellWords.split(line)).hasMessageContaining("NUL");
        }
    }
}
