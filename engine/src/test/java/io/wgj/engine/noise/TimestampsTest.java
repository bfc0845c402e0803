// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    private final Tai64n timestamps = new Tai64n();

    @Test
    void roundsNanosecondsDown() {
        byte[] timestamp = timestamps.next(Instant.ofEpochSecond(1_700_000_000, 0x21ff_ffff));

        assertThat(HexFormat.of().formatHex(timestamp)).isEqualTo("400000006553f10a21000000");
    }

    @Test
    void onlyGoesForwardWhateverTheClockDoes() {
        Instant[] clock = {
            Instant.ofEpochSecond(1000, 0),
            Instant.ofEpochSecond(1000, 0),
            Instant.ofEpochSecond(1000, 1),
            Instant.ofEpochSecond(500, 999_999_999),
            Instant.ofEpochSecond(-5, 3),
            Instant.ofEpochSecond(1001, 5)
        };
        byte[] last = new byte[12];
        for (Instant wall : clock) {
            byte[] next = timestamps.next(wall);
            assertThat(Arrays.compareUnsigned(next, last)).as("after %s", wall).isPositive();
            last = next;
        }
    }

    @Test
    void carriesIntoTheNextSecond() {
        byte[] last = timestamps.next(Instant.ofEpochSecond(7, 999_999_999));
        for (int i = 0; i < 200; i++) {
            byte[] next = timestamps.next(Instant.ofEpochSecond(7, 0));
            assertThat(Arrays.compareUnsigned(next, last)).isPositive();
            assertThat(Integer.toUnsignedLong(nanosOf(next))).isLessThan(1_000_000_000L);
            last = next;
        }
    }

    @Test
    void theGuardTakesOnlyWhatIsGreater() {
        TimestampGuard guard = new TimestampGuard();
        byte[] first = timestamps.next(Instant.ofEpochSecond(1000));
        byte[] second = timestamps.next(Instant.ofEpochSecond(1001));

        assertThat(guard.isNewer(first)).isTrue();
        guard.accept(second);
        assertThat(guard.isNewer(second)).isFalse();
        assertThat(guard.isNewer(first)).isFalse();
        assertThat(guard.isNewer(timestamps.next(Instant.ofEpochSecond(1002)))).isTrue();
    }

    private static int nanosOf(byte[] timestamp) {
        return java.nio.ByteBuffer.wrap(timestamp, 8, 4).getInt();
    }
}
