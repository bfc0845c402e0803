// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.WithJournals;
import io.wgj.quick.model.Samples;
import io.wgj.quick.plan.PlanException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Locks between the runs of one host.
class RunLockTest extends WithJournals {
    @Test
    void letsOneRunAtATimeIn() throws Exception {
        Interruption interruption = new Interruption();
        try (RunLock second = RunLock.open(state.lockFile(Samples.WG0))) {
            Thread waiting;
            try (RunLock first = RunLock.open(state.lockFile(Samples.WG0));
                    RunLock other = RunLock.open(state.namespaceLockFile())) {
                first.acquire(interruption, new RecordingListener());
                other.acquire(interruption, new RecordingListener());
                waiting = Thread.ofPlatform().start(() -> {
                    try {
                        second.acquire(interruption, new RecordingListener());
                    } catch (JournalException | PlanException | RunException e) {
                        throw new AssertionError(e);
                    }
                });
                assertThat(waiting.join(Duration.ofMillis(50))).isFalse();
            }
            assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
        }
    }
}
