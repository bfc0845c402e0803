// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that only a test moves forward, by one nanosecond for each reading besides.
final class ManualClock implements LongSupplier {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public long getAsLong() {
        long time = now.incrementAndGet();
        reads.incrementAndGet();
        return time;
    }

    void advance(long nanos) {
        now.addAndGet(nanos);
    }

    /// Waits until the clock was read so many times since it was made.
    void awaitReads(int count) {
        while (reads.get() < count) {
            Thread.onSpinWait();
        }
    }
}
