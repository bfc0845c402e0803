// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import java.nio.ByteBuffer;
import java.time.Instant;

/// Timestamps of initiations: TAI64N, 8 bytes of seconds and 4 of nanoseconds, big endian (whitepaper section
/// 5.1). The nanoseconds are rounded down to a multiple of 2^24, about 17 ms, so that they do not reveal how
/// this host's clock drifts.
///
/// There is one instance for each peer. It never returns the same time twice nor an earlier one, because the
/// peer ignores a timestamp that is not newer than the last.
public final class Tai64n {
    /// Bytes of a timestamp.
    public static final int LENGTH = 12;

    private static final long EPOCH = 0x4000_0000_0000_000aL;
    private static final int STEP = 1 << 24;
    private static final int SECOND = 1_000_000_000;

    private long lastSecond = Long.MIN_VALUE;
    private int lastNano;

    /// The time to send: `wall`, or one step after the last one when `wall` is not newer.
    public byte[] next(Instant wall) {
        long second = wall.getEpochSecond();
        int nano = wall.getNano() & -STEP;
        if (second < lastSecond || second == lastSecond && nano <= lastNano) {
            boolean carry = lastNano + STEP >= SECOND;
            second = carry ? lastSecond + 1 : lastSecond;
            nano = carry ? 0 : lastNano + STEP;
        }
        lastSecond = second;
        lastNano = nano;
        return ByteBuffer.allocate(LENGTH).putLong(EPOCH + second).putInt(nano).array();
    }
}
