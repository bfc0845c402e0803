// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"wg0", "a", ".", "..", "wg0.conf", "=+-_", "aaaaaaaaaaaaaaa", "0"})
    void takesWhatWgQuickTakesForAnInterface(String text) {
        assertThat(InterfaceName.parse(text)).map(InterfaceName::text).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aaaaaaaaaaaaaaaa", "a b", "a/b", "a:b", "w\u00f6", "a\n", "%i", "\u0661"})
    void refusesOtherNamesForAnInterface(String text) {
        assertThat(InterfaceName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new InterfaceName(text));
    }

    @Test
    void cutsTheNameOfADeviceToFifteenBytes() {
        assertThat(new DeviceName("a".repeat(33)).truncated().text()).isEqualTo("a".repeat(15));
        assertThat(new DeviceName("wg0").truncated().text()).isEqualTo("wg0");
        assertThat(new DeviceName("\u00ff/ x")).hasToString("\u00ff/ x");
    }

    @Test
    void aLinkHasNotEveryName() {
        for (String name : new String[] {"wg0", "a", "fifteen-bytes-x", "w\u00fcg", "..."}) {
            assertThat(new DeviceName(name).isPossible()).as(name).isTrue();
        }
        for (String name : new String[] {"", ".", "..", "a/b", "a:b", "a b", "a\tb", "a\u00a0b", "sixteen-bytes-xx"}) {
            assertThat(new DeviceName(name).isPossible()).as(name).isFalse();
        }
    }
}
