// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The cases of the kernel's own test of its window (selftest/counter.c), and a comparison with a plain
/// set.
class ReplayWindowTest {
    /// One more than the window remembers.
    private static final long LIM = 8129;
    private static final long REJECT = ReplayWindow.REJECT_AFTER_MESSAGES;

    private ReplayWindow window = new ReplayWindow();

    @Test
    void decidesAsTheKernelDoes() {
        accept(0, 1);
        reject(1);
        accept(9, 8, 7);
        reject(7);
        accept(LIM, LIM - 1);
        reject(LIM - 1);
        accept(LIM - 2, 2);
        reject(2);
        accept(LIM + 16);
        reject(3, LIM + 16);
        accept(4 * LIM, 4 * LIM - (LIM - 1));
        reject(10, 4 * LIM - LIM, 4 * LIM - (LIM + 1));
        accept(4 * LIM - (LIM - 2));
        reject(4 * LIM + 1 - LIM, 0, REJECT);
        accept(REJECT - 1);
        reject(REJECT, REJECT - 1);
        accept(REJECT - 2);
        reject(REJECT + 1, REJECT + 2, REJECT - 2);
        accept(REJECT - 3);
        reject(0);
    }

    @Test
    void takesZeroLastAndOnce() {
        for (long counter = 1; counter < LIM; counter++) {
            accept(counter);
        }
        accept(0);
        reject(0);
    }

    @Test
    void fillsDownward() {
        for (long counter = LIM - 1; counter >= 0; counter--) {
            accept(counter);
        }
        reject(0, LIM - 1);

        window = new ReplayWindow();
        for (long counter = LIM; counter > 0; counter--) {
            accept(counter);
        }
        reject(0);
    }

    @Test
    void agreesWithASetOnRandomCounters() {
        Random random = new Random(9);
        Set<Long> seen = new HashSet<>();
        long greatest = 0;
        for (int i = 0; i < 300_000; i++) {
            long counter = Math.max(0, greatest + random.nextInt(12_000) - 10_000);
            if (random.nextInt(1000) == 0) {
                counter += 50_000;
            }
            boolean expected = (counter >= greatest || greatest - counter <= LIM - 1) && seen.add(counter);
            assertThat(window.accept(counter))
                    .as("counter %d of %d", counter, greatest)
                    .isEqualTo(expected);
            greatest = Math.max(greatest, counter);
        }
    }

    private void accept(long... counters) {
        for (long counter : counters) {
            assertThat(window.accept(counter))
                    .as(Long.toUnsignedString(counter))
                    .isTrue();
        }
    }

    private void reject(long... counters) {
        for (long counter : counters) {
            assertThat(window.accept(counter))
                    .as(Long.toUnsignedString(counter))
                    .isFalse();
        }
    }
}
