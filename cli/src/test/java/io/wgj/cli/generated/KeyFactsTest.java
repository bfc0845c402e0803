// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.file.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFactsTest {
    @ParameterizedTest
    @EnumSource
    void aKeySaysSinceWhenItIsThereAndWhatUndoesIt(Key key) {
        assertThat(KeyFacts.since(key)).matches("\\d+\\.\\d+");
        assertThat(KeyFacts.undone(key)).isNotBlank().doesNotEndWith(".");
    }
}
