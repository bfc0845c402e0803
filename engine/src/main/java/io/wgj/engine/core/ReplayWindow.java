// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.Arrays;

/// Remembers which counters of a session were received (RFC 6479): a ring of 8192 bits, the last 8128 of
/// which are usable. For one thread at a time. Call it only after the tag was verified.
final class ReplayWindow {
    /// From here on no counter is accepted or sent (unsigned): 2^64 - 2^13 - 1.
    static final long REJECT_AFTER_MESSAGES = -(1L << 13) - 1;

    private static final int BITS = 8192;
    private static final int WORDS = BITS / 64;
    /// One word is redundant: advancing clears whole words.
    private static final int USABLE = BITS - 64;

    private final long[] words = new long[WORDS];
    private long greatest;

    /// Whether `counter`, unsigned, is new. It is not new from then on.
    boolean accept(long counter) {
        if (Long.compareUnsigned(counter, REJECT_AFTER_MESSAGES) >= 0) {
            return false;
        }
        if (Long.compareUnsigned(counter, greatest) > 0) {
            advance(counter);
        } else if (Long.compareUnsigned(greatest - counter, USABLE) > 0) {
            return false;
        }
        int word = (int) (counter >>> 6) & WORDS - 1;
        long bit = 1L << counter;
        boolean fresh = (words[word] & bit) == 0;
        words[word] |= bit;
        return fresh;
    }

    private void advance(long counter) {
        long from = greatest >>> 6;
        long steps = (counter >>> 6) - from;
        if (steps >= WORDS) {
            Arrays.fill(words, 0);
        } else {
            for (long i = 1; i <= steps; i++) {
                words[(int) (from + i) & WORDS - 1] = 0;
            }
        }
        greatest = counter;
    }
}
