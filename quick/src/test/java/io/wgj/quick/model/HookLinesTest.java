// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import org.junit.jupiter.api.Test;

class HookLinesTest {
    private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private static final String OTHER_KEY = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";

    private static long of(String lines) {
        QuickFile file = QuickFile.of("wg0.conf", "[Interface]\n" + lines);
        return HookLines.fingerprint(QuickConfigParser.parse(file).readable().interfaceSection());
    }

    @Test
    void aHookMakesADifferenceAndItsPlaceDoesNot() {
        long one = of("PreUp = a\nPostUp = b\n");
        assertThat(of("# a comment\nPostUp = b\nMTU = 1400\nPreUp = a\n")).isEqualTo(one);
        assertThat(of("PreUp = b\nPostUp = a\n")).isNotEqualTo(one);
        assertThat(of("PreUp = a\n")).isNotEqualTo(one);
        assertThat(of("")).isNotEqualTo(of("PostDown = a\n"));
    }

    @Test
    void aKeyLeavesNoTraceInIt() {
        assertThat(of("PostUp = add " + KEY + "\n")).isEqualTo(of("PostUp = add " + OTHER_KEY + "\n"));
    }
}
