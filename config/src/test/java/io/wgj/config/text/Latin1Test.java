// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Latin1Test {
    @Test
    void everyByteSurvives() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String text = Latin1.of(all);
        assertThat(text).hasSize(256);
        assertThat(text.charAt(0xe9)).isEqualTo('\u00e9');
        assertThat(Latin1.bytes(text)).isEqualTo(all);
        assertThat(Latin1.of(all, 'z')).isEqualTo(text.substring(0, 'z'));
    }

    @Test
    void unicodeTextIsItsUtf8() {
        assertThat(Latin1.ofUnicode("wg0")).isEqualTo("wg0");
        assertThat(Latin1.ofUnicode("\u00e9\u20ac")).isEqualTo("\u00c3\u00a9\u00e2\u0082\u00ac");
        assertThat(Latin1.toUnicode("\u00c3\u00a9\u00e2\u0082\u00ac")).isEqualTo("\u00e9\u20ac");
        assertThat(Latin1.toUnicode("\u00e9")).isEqualTo("\ufffd");
    }
}
