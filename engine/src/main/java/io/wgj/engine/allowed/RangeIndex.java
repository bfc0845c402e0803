// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

/// Narrows the search for the piece of address space that contains an address, by the bits that follow those
/// which all cuts share. IPv4 addresses are numbers of 128 bits, too, with their 32 bits in front.
final class RangeIndex {
    /// Below this a search is as fast, and the index would cost more than the pieces.
    private static final int FEWEST_PIECES = 16;

    private static final int MOST_BITS = 20;

    private final int commonBits;
    private final int bits;
    /// For each value of the bits, the last piece that begins under a smaller value; one entry more ends the
    /// last.
    private final int[] lastBefore;

    /// @param cuts where pieces begin, in order; the first is 0 and is not used
    RangeIndex(Cuts<?> cuts) {
        int count = cuts.count();
        if (count < FEWEST_PIECES) {
            commonBits = 0;
            bits = 0;
            lastBefore = new int[] {0, count - 1};
            return;
        }
        int end = count - 1;
        commonBits = Unsigned.commonBits(cuts.high(1), cuts.low(1), cuts.high(end), cuts.low(end));
        // Two to four pieces in a bucket: they share a cache line, and the index stays small.
        bits = Math.min(MOST_BITS, 30 - Integer.numberOfLeadingZeros(count));
        lastBefore = new int[(1 << bits) + 1];
        int bucket = 0;
        for (int piece = 1; piece < count; piece++) {
            int its = bucket(cuts.high(piece), cuts.low(piece));
            while (bucket < its) {
                bucket++;
                lastBefore[bucket] = piece - 1;
            }
        }
        while (bucket < 1 << bits) {
            bucket++;
            lastBefore[bucket] = end;
        }
    }

    /// The bucket of an address that is neither before the first cut nor after the last.
    int bucket(long high, long low) {
        if (bits == 0) {
            return 0;
        }
        long window;
        if (commonBits >= Long.SIZE) {
            window = low << commonBits;
        } else {
            // In two steps, because a shift by 64 does nothing.
            window = high << commonBits | low >>> 1 >>> Long.SIZE - 1 - commonBits;
        }
        return (int) (window >>> Long.SIZE - bits);
    }

    /// The first piece that may contain an address of this bucket.
    int from(int bucket) {
        return lastBefore[bucket];
    }

    /// The last piece that may contain an address of this bucket.
    int to(int bucket) {
        return lastBefore[bucket + 1];
    }
}
