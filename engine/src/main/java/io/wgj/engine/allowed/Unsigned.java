// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

/// Unsigned numbers of 128 bits in two halves.
final class Unsigned {
    private Unsigned() {}

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /// How many leading bits two numbers share, 0 to 128.
    static int commonBits(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh
                ? 64 + Long.numberOfLeadingZeros(low ^ otherLow)
                : Long.numberOfLeadingZeros(high ^ otherHigh);
    }
}
