// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {
    @Test
    void pingsThreeTimesInTheWatchdogsTime() {
        try (var notifier = new ServiceNotifier(Map.of("WATCHDOG_USEC", "30000000")::get)) {
            notifier.alive(1000);
            assertThat(notifier.due()).isEqualTo(1000 + 10_000_000_000L);
        }
    }

    @Test
    void neverPingsWithoutAWatchdogOfItsOwn() {
        for (Map<String, String> variables : List.<Map<String, String>>of(
                Map.of(),
                Map.of("WATCHDOG_USEC", "soon"),
                Map.of("WATCHDOG_USEC", "99999999999999999999"),
                Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1"))) {
            try (var notifier = new ServiceNotifier(variables::get)) {
                notifier.alive(1000);
                assertThat(notifier.due()).isEqualTo(Long.MAX_VALUE);
            }
        }
    }
}
