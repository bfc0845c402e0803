// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// For coverage-guided hours: `JAZZER_FUZZ=1 mvn -pl config test -Dtest=ConfigFuzzTest#quick`. Without the variable
/// only the empty input and past findings run, which are kept under `src/test/resources`.
class ConfigFuzzTest {
    @FuzzTest
    void wg(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ParsedWg parsed = WgConfigParser.parse("f", text);
        assertThat(parsed.config().isPresent()).isEqualTo(parsed.problems().isEmpty());
        if (parsed.config().isPresent()) {
            String written = ConfigWriter.writeWg(parsed.config().get());
            WgConfig again = WgConfigParser.parse("f", written).config().orElseThrow();
            assertThat(ConfigWriter.writeWg(again)).isEqualTo(written);
        }
    }

    @FuzzTest
    void quick(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        ParsedQuick parsed = QuickConfigParser.parse("f", text);
        assertThat(ConfigWriter.writeQuick(parsed.file())).isEqualTo(text);
        assertThat(WgConfigParser.parse("f", parsed.file().stripped()).config().isPresent())
                .isEqualTo(parsed.wg().config().isPresent());
    }
}
