// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.time.Instant;

/// The two clocks of the protocol.
public interface Clock {
    /// Nanoseconds of a clock that counts sleep and never steps (CLOCK_BOOTTIME): positive, far below
    /// `Long.MAX_VALUE`. Every `now` of this package is one of these.
    long bootNanos();

    /// The time of day, which may step; it goes into handshakes and into what `show` prints.
    Instant wall();
}
