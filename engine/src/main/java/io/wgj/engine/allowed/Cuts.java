// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts one family's address space where the answer changes, from prefixes in order.
///
/// A prefix counts until it ends or a longer one inside it begins. The prefixes that contain the current
/// place form a stack, like the path from the root of a trie.
final class Cuts<P> {
    private static final int DEEPEST = 129;

    private final long[] endHigh = new long[DEEPEST];
    private final long[] endLow = new long[DEEPEST];
    private final @Nullable P[] path = newArray(DEEPEST);
    private int depth;

    private long[] high = new long[4];
    private long[] low = new long[4];
    private @Nullable P[] owners = newArray(4);
    private int count;

    Cuts() {
        cut(0, 0, null);
    }

    /// Takes the next prefix: later than the ones before, or at the same place and longer.
    ///
    /// @param prefixHigh the first 64 bits of its first address; an IPv4 address stands in the upper 32
    /// @param length 0 to 128
    void add(long prefixHigh, long prefixLow, int length, P owner) {
        while (depth > 0 && Unsigned.compare(endHigh[depth - 1], endLow[depth - 1], prefixHigh, prefixLow) < 0) {
            leave();
        }
        cut(prefixHigh, prefixLow, owner);
        endHigh[depth] = length >= 64 ? prefixHigh : prefixHigh | -1L >>> length;
        endLow[depth] = length <= 64 ? -1 : length == 128 ? prefixLow : prefixLow | -1L >>> length;
        path[depth] = owner;
        depth++;
    }

    /// Call it after the last prefix.
    void finish() {
        while (depth > 0) {
            leave();
        }
    }

    int count() {
        return count;
    }

    long high(int piece) {
        return high[piece];
    }

    long low(int piece) {
        return low[piece];
    }

    @Nullable
    P[] owners() {
        return Arrays.copyOf(owners, count);
    }

    RangeIndex index() {
        return new RangeIndex(this);
    }

    private void leave() {
        depth--;
        path[depth] = null;
        long nextLow = endLow[depth] + 1;
        long nextHigh = endHigh[depth] + (nextLow == 0 ? 1 : 0);
        if ((nextHigh | nextLow) != 0) {
            cut(nextHigh, nextLow, depth == 0 ? null : path[depth - 1]);
        }
    }

    private void cut(long atHigh, long atLow, @Nullable P owner) {
        if (count > 0 && high[count - 1] == atHigh && low[count - 1] == atLow) {
            // A longer prefix begins, or a shorter one ends, at the same place: the last answer counts.
            count--;
        }
        if (count > 0 && owners[count - 1] == owner) {
            return;
        }
        if (count == owners.length) {
            int larger = count + (count >> 1);
            high = Arrays.copyOf(high, larger);
            low = Arrays.copyOf(low, larger);
            owners = Arrays.copyOf(owners, larger);
        }
        high[count] = atHigh;
        low[count] = atLow;
        owners[count] = owner;
        count++;
    }

    // An array of a type variable cannot be created. This one holds any object and does not leave this class.
    @SuppressWarnings("unchecked")
    private static <P> @Nullable P[] newArray(int length) {
        return (P[]) new Object[length];
    }
}
