// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.Fixtures;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    @Test
    void writesAndReadsAnyKeyAsTheJdkDoes() {
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            String base64 = Base64.getEncoder().encodeToString(key);
            String hex = HexFormat.of().formatHex(key);
            assertThat(KeyText.encodeBase64(key)).isEqualTo(base64);
            assertThat(KeyText.decodeBase64(base64)).isEqualTo(key);
            assertThat(KeyText.encodeHex(key)).isEqualTo(hex);
            assertThat(KeyText.decodeHex(hex)).isEqualTo(key);
            assertThat(KeyText.decodeHex(HexFormat.of().withUpperCase().formatHex(key)))
                    .isEqualTo(key);
        }
    }

    @Test
    void takesOnlySixteenCharactersInTheLastPlace() {
        String start = Fixtures.K1.substring(0, 42);
        for (char c = 0; c < 0x180; c++) {
            boolean canonical = c < 128 && ALPHABET.indexOf(c) >= 0 && ALPHABET.indexOf(c) % 4 == 0;
            assertThat(KeyText.decodeBase64(start + c + "=") != null)
                    .as("%x", (int) c)
                    .isEqualTo(canonical);
        }
    }

    @Test
    void takesOnlyTheAlphabetInEveryPlace() {
        for (int place = 0; place < 42; place++) {
            for (char c = 0; c < 0x180; c++) {
                String text = Fixtures.K1.substring(0, place) + c + Fixtures.K1.substring(place + 1);
                assertThat(KeyText.decodeBase64(text) != null)
                        .as("%x at %d", (int) c, place)
                        .isEqualTo(ALPHABET.indexOf(c) >= 0);
            }
        }
    }

    @Test
    void takesOnlyDigitsInHexadecimal() {
        for (int place = 0; place < 64; place++) {
            for (char c = 0; c < 0x180; c++) {
                String text = Fixtures.K1_HEX.substring(0, place) + c + Fixtures.K1_HEX.substring(place + 1);
                assertThat(KeyText.decodeHex(text) != null).isEqualTo("0123456789abcdefABCDEF".indexOf(c) >= 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "short",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg==",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8DgA",
                " xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8D==",
                "-TIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                "_TIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
            })
    void refusesWhatIsNoKey(String text) {
        assertThat(KeyText.decodeBase64(text)).isNull();
        assertThat(PublicKey.parseBase64(text)).isEmpty();
        assertThat(PrivateKey.parseBase64(text)).isEmpty();
        assertThat(PresharedKey.parseBase64(text)).isEmpty();
    }
}
