// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicLongArray;

/// How often each [Drop] happened. Any thread counts and reads; counting allocates nothing.
@SuppressWarnings("EnumOrdinal") // An array by ordinal is what counts without allocating or hashing.
public final class DropCounters {
    private final AtomicLongArray counts = new AtomicLongArray(Drop.values().length);

    /// Counts one drop.
    public void count(Drop reason) {
        count(reason, 1);
    }

    /// Counts `times` drops.
    public void count(Drop reason, int times) {
        counts.getAndAdd(reason.ordinal(), times);
    }

    /// How many drops there were for a reason so far.
    public long of(Drop reason) {
        return counts.get(reason.ordinal());
    }

    /// How many drops there were for all reasons.
    public long total() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }
}
