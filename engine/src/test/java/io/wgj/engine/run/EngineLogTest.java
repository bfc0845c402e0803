// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.run.EngineLog.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineLogTest {
    @ParameterizedTest
    @CsvSource({
        "verbose, VERBOSE",
        "debug,   VERBOSE",
        "DEBUG,   VERBOSE",
        "error,   ERROR",
        "silent,  SILENT",
        "'',      ERROR",
        "loud,    ERROR"
    })
    void readsTheLevelsOfWireguardGo(String variable, Level level) {
        assertThat(Level.of(variable)).isEqualTo(level);
    }

    @Test
    void writesLinesInTheFormOfWireguardGo() {
        assertThat(said(Level.VERBOSE))
                .matches("DEBUG: \\(wg0\\) \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d fine\n"
                        + "ERROR: \\(wg0\\) \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d bad\n");
    }

    @Test
    void eachLevelHidesWhatIsBelowIt() {
        assertThat(said(Level.ERROR)).contains("bad").doesNotContain("fine");
        assertThat(said(Level.SILENT)).isEmpty();
    }

    @Test
    void itsLastErrorIsKeptWithItsTime() {
        EngineLog log = new EngineLog(Level.SILENT, "wg0", new PrintStream(new ByteArrayOutputStream()));
        assertThat(log.lastError()).isEmpty();

        log.error("first");
        log.error("bad");
        log.verbose("fine");

        assertThat(log.lastError().orElseThrow()).matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d bad");
    }

    private static String said(Level level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EngineLog log = new EngineLog(level, "wg0", new PrintStream(out, true, StandardCharsets.UTF_8));
        log.verbose("fine");
        log.error("bad");
        return out.toString(StandardCharsets.UTF_8);
    }
}
