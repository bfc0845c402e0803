// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {
    private static final List<String> WORDS = List.of("Address", "AllowedIPs", "MTU", "PreUp", "PostUp");

    @ParameterizedTest
    @CsvSource({
        "Adress, 2, Address",
        "ADDRESS, 0, Address",
        "adderss, 1, Address",
        "Adres, 2, Address",
        "Adres, 1, ''",
        "MUT, 1, MTU",
        "MU, 1, MTU",
        "PrUp, 1, PreUp",
        "PstUp, 2, PostUp",
        "Endpoint, 2, ''",
        "'', 2, ''",
    })
    void findsTheWordWithTheFewestSlips(String word, int mostSlips, String expected) {
        assertThat(Misspelling.nearest(word, WORDS, mostSlips)).isEqualTo(expected);
    }
}
