// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Instant;

/// How often something was seen, and when.
///
/// @param first and `last` are the same moment when `count` is 1
public record Sighting(int count, Instant first, Instant last) {
    /// Seen once.
    public static Sighting once(Instant at) {
        return new Sighting(1, at, at);
    }

    /// The same, and once more.
    public Sighting again(Instant at) {
        return new Sighting(count + 1, first, at);
    }
}
