// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

/// Traffic that was sent in the current silence and may be answered: when, and how much it counts. Keeps the
/// latest samples only: [AnswerHabit] remembers no more of them.
final class Questions {
    /// So many unanswered bytes in one sample are several questions.
    private static final long BURST = 5_000;

    private final long[] askedAt = new long[AnswerHabit.SAMPLES];
    private final byte[] weights = new byte[AnswerHabit.SAMPLES];
    private int oldest;
    private int size;

    void add(long at, long bytes) {
        if (size == askedAt.length) {
            removeOldest();
        }
        int slot = (oldest + size) % askedAt.length;
        askedAt[slot] = at;
        weights[slot] = (byte) (bytes >= 10 * BURST ? 6 : bytes >= BURST ? 3 : 1);
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long oldestAskedAt() {
        return askedAt[oldest];
    }

    int oldestWeight() {
        return weights[oldest];
    }

    void removeOldest() {
        oldest = (oldest + 1) % askedAt.length;
        size--;
    }

    void clear() {
        size = 0;
    }
}
