// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    /// Of 40 reads' worth ten are UDP, eight packets each that leave as one; the very first waits for the handshake.
    @Test
    void itsTrafficArrivesAndIsJoined() {
        Clock clock = new Clock() {
            private long now = 1_000_000_000;

            @Override
            public long bootNanos() {
                now += 1_000;
                return now;
            }

            @Override
            public Instant wall() {
                return Instant.EPOCH;
            }
        };
        assertThat(Rehearsal.run(Primitives.portable(), clock, 40, Long.MAX_VALUE / 2))
                .isBetween(30L, 60L);
    }
}
