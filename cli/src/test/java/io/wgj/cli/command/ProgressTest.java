// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final String ERASE = "\r\u001b[K";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aTerminal() {
        host.environment.put("TERM", "xterm");
        host.errorTerminal = OptionalInt.of(80);
    }

    private void sleep(long millis) {
        host.sleep(millis);
    }

    @Test
    void nothingIsShownInTheFirstSecond() {
        try (Progress progress = Progress.of(host, "work", "parts")) {
            progress.at(1, 9);
            sleep(999);
            progress.at(2, 9);
        }
        assertThat(host.printedErrors()).isEmpty();
    }

    @Test
    void theLineIsWrittenInItsPlaceAndRemoved() {
        try (Progress progress = Progress.of(host, "work", "parts")) {
            sleep(1000);
            progress.at(3, 9);
            sleep(199);
            progress.at(4, 9);
            sleep(1801);
            progress.at(5, 0);
            progress.clear();
            progress.clear();
        }
        assertThat(host.printedErrors())
                .isEqualTo("wgj: work: 3 of 9 parts, 1 s" + ERASE + "wgj: work: 5 parts, 3 s" + ERASE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 27, 28, 29, 0})
    void aLineNeverWraps(int columns) {
        host.errorTerminal = OptionalInt.of(columns);
        Progress progress = Progress.of(host, "work", "parts");
        sleep(1000);
        progress.at(3, 9);
        String whole = "wgj: work: 3 of 9 parts, 1 s";
        assertThat(host.printedErrors())
                .isEqualTo(columns == 0 || columns > 28 ? whole : whole.substring(0, columns - 1));
    }

    @ParameterizedTest
    @CsvSource({"xterm, false", "dumb, true", "'', true", ", true"})
    void onlyATerminalThatObeysIsWrittenTo(@Nullable String term, boolean isTerminal) {
        host.environment.remove("TERM");
        if (term != null) {
            host.environment.put("TERM", term);
        }
        host.errorTerminal = isTerminal ? OptionalInt.of(80) : OptionalInt.empty();
        try (Progress progress = Progress.of(host, "work", "parts")) {
            sleep(5000);
            progress.at(3, 9);
        }
        assertThat(host.printedErrors()).isEmpty();
    }

    /// Each look at the clock takes 0.6 s.
    @Test
    void aBatchRemovesTheLineBeforeItsLinesPrint() {
        host.clockStepNanos = 600_000_000;
        host.devices.put(States.empty("m0"));
        host.type("wg set m0 fwmark 1\nwg set m0 fwmark 2\nwg show interfaces\nwg show nosuch\n");
        Ran ran = Ran.wgj(host, "batch", "-k");
        assertThat(ran.out()).isEqualTo("m0\n");
        assertThat(ran.err())
                .isEqualTo("wgj: batch: 2 lines, 1 s" + ERASE + "wgj: batch: 3 lines, 1 s" + ERASE
                        + "Unable to access interface: No such device\nwgj: batch: line 4: exit code 1\n"
                        + "wgj: batch: 4 lines, 2 s" + ERASE);
    }

    @Test
    void withoutATerminalABatchPrintsNothingMore() {
        host.errorTerminal = OptionalInt.empty();
        host.clockStepNanos = 600_000_000;
        host.devices.put(States.empty("m0"));
        host.type("wg set m0 fwmark 1\nwg set m0 fwmark 2\nwg set m0 fwmark 3\n");
        assertThat(Ran.wgj(host, "batch")).isEqualTo(new Ran(0, "", ""));
    }
}
