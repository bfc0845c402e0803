// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// The wall clock at one moment, for rendering times of CLOCK_BOOTTIME. A value made now also renders earlier
/// times right after the wall clock was stepped.
///
/// @param bootNanos a moment, in nanoseconds of CLOCK_BOOTTIME
/// @param wallNanos the same moment, in nanoseconds since 1970
/// @param zone      the time zone to render in
public record WallClock(long bootNanos, long wallNanos, ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /// `12:03:07`, with the date before it when that is not the day of this clock: `2026-11-29 12:03:07`.
    public String time(long nanos) {
        LocalDateTime then = local(wallNanos + (nanos - bootNanos));
        LocalDate today = local(wallNanos).toLocalDate();
        return (then.toLocalDate().equals(today) ? TIME : DATE_AND_TIME).format(then);
    }

    private LocalDateTime local(long wall) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(wall, Timing.SECOND), Math.floorMod(wall, Timing.SECOND));
        return LocalDateTime.ofInstant(instant, zone);
    }
}
