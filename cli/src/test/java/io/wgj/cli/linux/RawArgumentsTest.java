// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {
    @Test
    void wordsAreCountedFromTheEnd() {
        byte[] commandLine = "java\0-cp\0x\0Main\0wg\0set\0\0m\u00e9\0".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(RawArguments.last(4, commandLine)).containsExactly("wg", "set", "", "m\u00e9");
        assertThat(RawArguments.last(0, commandLine)).isEmpty();
    }

    @Test
    void emptyWordsAreKept() {
        assertThat(RawArguments.last(2, "java\0Main\0\0\0".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("", "");
    }

    @Test
    void asciiWordsAreTakenAsTheyAre() {
        assertThat(RawArguments.of(new String[] {"wg", "-10.0.0.1/32", ""})).containsExactly("wg", "-10.0.0.1/32", "");
    }

    @Test
    void aShortCommandLineHasFewerWords() {
        assertThat(RawArguments.last(3, "a\0b\0".getBytes(StandardCharsets.ISO_8859_1)))
                .hasSize(2);
    }
}
