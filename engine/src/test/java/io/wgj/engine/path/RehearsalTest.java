// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
    private static final Clock CLOCK = new Clock() {
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

    /// Of 40 turns ten are UDP, eight packets each that leave as one; the very first waits for the handshake.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsTrafficArrivesAndIsJoined(boolean loopback) throws Exception {
        try (RehearsedNetwork network = loopback ? RehearsedNetwork.loopback() : RehearsedNetwork.inMemory()) {
            assertThat(Rehearsal.run(network, Primitives.portable(), CLOCK, 40, Long.MAX_VALUE / 2))
                    .isBetween(30L, 60L);
        }
    }

    @Test
    void itLeavesNoDescriptorOpen() throws Exception {
        long _ = Rehearsal.run(Primitives.portable(), CLOCK, 4, Long.MAX_VALUE / 2);
        int before = descriptors();
        long _ = Rehearsal.run(Primitives.portable(), CLOCK, 4, Long.MAX_VALUE / 2);

        assertThat(descriptors()).isEqualTo(before);
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
