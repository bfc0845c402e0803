// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps the timestamps of initiations from going back when the engine starts again with a clock that was set
/// back: a peer ignores a timestamp that is not newer than the last. Called with the device's monitor held, so it
/// may not wait.
public interface TimeFloor {
    /// No floor: timestamps are those of the clock.
    TimeFloor NONE = new TimeFloor() {
        @Override
        public void use(byte @Nullable [] publicKey) {}

        @Override
        public Instant notBefore(Instant wall) {
            return wall;
        }
    };

    /// The device has this public key now; null for none.
    void use(byte @Nullable [] publicKey);

    /// The time for the timestamp of an initiation: `wall`, or the floor if that is later.
    Instant notBefore(Instant wall);
}
