// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import org.jspecify.annotations.Nullable;

/// The same as [Ranges4] for IPv6.
final class Ranges6<P> {
    /// Where pieces begin: the high half of each number, then the low one, side by side for the cache.
    private final long[] starts;

    private final @Nullable P[] owners;
    private final RangeIndex index;
    private final long firstHigh;
    private final long firstLow;

    Ranges6(Cuts<P> cuts) {
        int count = cuts.count();
        starts = new long[2 * count];
        for (int i = 0; i < count; i++) {
            starts[2 * i] = cuts.high(i);
            starts[2 * i + 1] = cuts.low(i);
        }
        owners = cuts.owners();
        index = cuts.index();
        int first = Math.min(1, count - 1);
        firstHigh = cuts.high(first);
        firstLow = cuts.low(first);
    }

    @Nullable
    P find(long high, long low) {
        if (Unsigned.compare(high, low, firstHigh, firstLow) < 0) {
            return owners[0];
        }
        int end = owners.length - 1;
        if (startsAtOrBefore(end, high, low)) {
            return owners[end];
        }
        int bucket = index.bucket(high, low);
        int from = index.from(bucket);
        int to = index.to(bucket);
        while (from < to) {
            int middle = from + to + 1 >>> 1;
            if (startsAtOrBefore(middle, high, low)) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return owners[from];
    }

    private boolean startsAtOrBefore(int piece, long high, long low) {
        return Unsigned.compare(starts[2 * piece], starts[2 * piece + 1], high, low) <= 0;
    }
}
