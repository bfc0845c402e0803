// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

import org.jspecify.annotations.Nullable;

/// A flattened trie of IPv4 prefixes: the address space cut where the answer changes, and the answer for each
/// piece.
///
/// A binary search finds the piece that contains an address. An index shortens it: an array over the bits
/// that follow those which all cuts have in common. With evenly spread prefixes one or two steps are left,
/// and never more than the logarithm of the number of pieces.
final class Ranges4<P> {
    /// Where pieces begin, as unsigned numbers in order; the first is 0.
    private final int[] starts;

    private final @Nullable P[] owners;
    private final RangeIndex index;
    private final int first;
    private final int last;

    Ranges4(Cuts<P> cuts) {
        int count = cuts.count();
        starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) (cuts.high(i) >>> 32);
        }
        owners = cuts.owners();
        index = cuts.index();
        first = starts[Math.min(1, count - 1)];
        last = starts[count - 1];
    }

    @Nullable
    P find(int address) {
        if (Integer.compareUnsigned(address, first) < 0) {
            return owners[0];
        }
        if (Integer.compareUnsigned(address, last) >= 0) {
            return owners[owners.length - 1];
        }
        int bucket = index.bucket((long) address << 32, 0);
        int from = index.from(bucket);
        int to = index.to(bucket);
        while (from < to) {
            int middle = from + to + 1 >>> 1;
            if (Integer.compareUnsigned(starts[middle], address) <= 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return owners[from];
    }
}
