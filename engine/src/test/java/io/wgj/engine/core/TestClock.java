// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.time.Instant;

/// Time as a test wants it: both clocks go together unless one is set apart.
final class TestClock implements Clock {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;

    private long nanos = 1_000 * SECOND;
    private long wallOffset = 1_700_000_000L * SECOND;

    @Override
    public long bootNanos() {
        return nanos;
    }

    @Override
    public Instant wall() {
        long wall = nanos + wallOffset;
        return Instant.ofEpochSecond(Math.floorDiv(wall, SECOND), Math.floorMod(wall, SECOND));
    }

    void setTo(long newNanos) {
        nanos = Math.max(nanos, newNanos);
    }

    void advance(long by) {
        nanos += by;
    }

    void stepWall(long by) {
        wallOffset += by;
    }
}
