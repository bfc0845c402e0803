// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.monitor.liveness.WallClock;
import java.time.Instant;
import java.time.ZoneId;

/// Both clocks, read together. A time of CLOCK_BOOTTIME becomes one of the wall clock as that stands now: a
/// clock that was set since moves both ends of every span.
///
/// @param bootNanos by CLOCK_BOOTTIME
/// @param wall by the wall clock
record Times(long bootNanos, Instant wall) {
    static Times of(MonitorClock clock) {
        return new Times(clock.bootNanos(), clock.wall());
    }

    Instant instant(long nanos) {
        return wall.minusNanos(bootNanos - nanos);
    }

    long wallNanos() {
        return wall.getEpochSecond() * 1_000_000_000 + wall.getNano();
    }

    WallClock clock() {
        return new WallClock(bootNanos, wallNanos(), ZoneId.systemDefault());
    }
}
