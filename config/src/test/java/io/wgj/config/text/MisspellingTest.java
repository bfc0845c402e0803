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
        "Adress, Address",
        "ADDRESS, Address",
        "adderss, Address",
        "Adres, ''",
        "MUT, MTU",
        "MU, ''",
        "PrUp, PreUp",
        "PstUp, PostUp",
        "Endpoint, ''",
        "'', ''",
    })
    void findsTheWordWithTheFewestSlips(String word, String expected) {
        assertThat(Misspelling.nearest(word, WORDS)).isEqualTo(expected);
    }
}
