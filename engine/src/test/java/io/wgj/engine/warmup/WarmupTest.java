// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Clock;
import io.wgj.engine.crypto.Primitives;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmupTest {
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

    enum Network {
        IPV4,
        IPV6,
        MEMORY;

        WarmupNetwork open() throws SystemException {
            return this == MEMORY ? WarmupNetwork.inMemory() : WarmupNetwork.loopback(this == IPV6);
        }
    }

    /// Large packets and bundles of datagrams arrive as one each, the acknowledgements as two, each kind of
    /// oddities as five. Of what a worker opens, a little less is joined.
    @ParameterizedTest
    @CsvSource({"IPV4, false", "IPV6, false", "MEMORY, false", "IPV4, true", "IPV6, true", "MEMORY, true"})
    void itsTrafficArrivesAndIsJoined(Network over, boolean shared) throws Exception {
        long rounds = 3;
        try (WarmupNetwork network = over.open()) {
            long arrived = Warmup.run(
                    network, Primitives.portable(), CLOCK, shared, (int) rounds * WarmupHost.KINDS, Long.MAX_VALUE / 2);

            long joined = rounds * (13 + 2 + 2 * 5);
            assertThat(arrived).isBetween(shared ? joined + 1 : joined, shared ? joined + 2 * rounds : joined);
        }
    }

    @Test
    void itLeavesNoDescriptorOpen() throws Exception {
        long _ = Warmup.run(Primitives.portable(), CLOCK, false, 4, Long.MAX_VALUE / 2);
        int before = descriptors();
        long _ = Warmup.run(Primitives.portable(), CLOCK, false, 4, Long.MAX_VALUE / 2);

        assertThat(descriptors()).isEqualTo(before);
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
