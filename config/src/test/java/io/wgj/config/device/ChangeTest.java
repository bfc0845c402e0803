// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static List<String> seen(Change<String> change) {
        List<String> seen = new ArrayList<>();
        change.ifMentioned("erased", seen::add);
        return seen;
    }

    @Test
    void tellsThreeWishesApart() {
        assertThat(seen(Change.keep())).isEmpty();
        assertThat(seen(Change.clear())).containsExactly("erased");
        assertThat(seen(Change.set("x"))).containsExactly("x");
        assertThat(Change.keep().isMentioned()).isFalse();
        assertThat(Change.clear().isMentioned()).isTrue();
        assertThat(Change.clear().value()).isEmpty();
        assertThat(Change.set("x").value()).contains("x");
    }

    @Test
    void keepsTheWishWhenTheTypeChanges() {
        assertThat(Change.set("abc").map(String::length)).isEqualTo(Change.set(3));
        assertThat(Change.<String>clear().map(String::length)).isEqualTo(Change.clear());
        assertThat(Change.<String>keep().map(String::length)).isEqualTo(Change.keep());
    }
}
