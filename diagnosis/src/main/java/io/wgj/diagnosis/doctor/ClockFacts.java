// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// This host's clock.
///
/// @param now at the end of the observation
/// @param known the latest moment that has certainly passed, and where it is known from
/// @param stepped how far the clock was set during the observation, forwards or backwards
public record ClockFacts(Instant now, Optional<Known> known, Duration stepped) {
    /// A moment that has passed.
    ///
    /// @param source such as `the greatest time in a handshake of this key`
    public record Known(Instant at, String source) {}

    /// How far the clock is behind a moment that has passed; zero when it is not.
    Duration behind() {
        return known.isPresent() && now.isBefore(known.get().at())
                ? Duration.between(now, known.get().at())
                : Duration.ZERO;
    }
}
