// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadPlanTest {
    @ParameterizedTest
    @CsvSource({
        "1, , , 1, 0, false",
        "2, , , 1, 0, false",
        "3, , , 1, 1, true",
        "4, , , 2, 2, true",
        "7, , , 3, 3, true",
        "8, , , 4, 4, true",
        "64, , , 4, 4, true",
        // Settings, and settings that are ignored.
        "2, 4, 4, 4, 4, false",
        "8, 1, 0, 1, 0, true",
        "2, 0, -1, 1, 0, false",
        "8, many, '', 4, 4, true",
        "2, 1000, 1000, 64, 64, false",
    })
    void theProcessorsSayHowManyThreadsThereAre(
            int processors, @Nullable String queues, @Nullable String workers, int tx, int rx, boolean spins) {
        assertThat(ThreadPlan.of(processors, queues, workers)).isEqualTo(new ThreadPlan(tx, rx, spins));
    }
}
