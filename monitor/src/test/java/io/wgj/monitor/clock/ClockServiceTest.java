// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.clock.KnownTimes;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.MemoryContext;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockServiceTest {
    private static final Instant NOON = Instant.ofEpochSecond(1_800_000_000L);

    @TempDir
    Path folder;

    private final MemoryContext monitor = new MemoryContext();
    private Instant now = NOON;

    private ClockService service(Instant known) {
        return new ClockService(new KnownTimes(folder.toString()), known, () -> now, monitor);
    }

    private void show(ClockService service) {
        monitor.show(service, monitor.peer(1, "", PeerState.UP, Verdict.UP));
    }

    @Test
    void aClockThatIsBehindIsReportedOnceAndSoIsItsEnd() {
        ClockService service = service(NOON.plusSeconds(7_200));
        show(service);
        monitor.pass(5 * 60 * MemoryContext.SECOND);
        assertThat(monitor.reports)
                .containsExactly("message wg0: the clock is behind the last known time by 2 h 0 min;"
                        + " peers will ignore handshakes until it is set");
        now = NOON.plusSeconds(8_000);
        monitor.pass(60 * MemoryContext.SECOND);
        assertThat(monitor.reports).hasSize(2).last().asString().contains("the clock is not behind any more");
    }

    @Test
    void theTimeIsRememberedForTheNextStart() {
        ClockService service = service(Instant.EPOCH);
        show(service);
        assertThat(new KnownTimes(folder.toString()).latest()).contains(NOON);
        now = NOON.plusSeconds(30);
        service.close();
        assertThat(new KnownTimes(folder.toString()).latest()).contains(NOON.plusSeconds(30));
        assertThat(monitor.reports).isEmpty();
    }

    @Test
    void aClockThatStepsBackWhileTheMonitorRunsIsReported() {
        show(service(Instant.EPOCH));
        now = NOON.minusSeconds(3_600);
        monitor.pass(60 * MemoryContext.SECOND);
        assertThat(monitor.reports).singleElement().asString().contains("by 1 h 0 min;");
    }
}
