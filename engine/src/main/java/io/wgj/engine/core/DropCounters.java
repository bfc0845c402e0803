// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.concurrent.atomic.AtomicLongArray;

/// How often each [Drop] happened. Any thread counts and reads; counting allocates nothing.
@SuppressWarnings("EnumOrdinal") // An array by ordinal is what counts without allocating or hashing.
public final class DropCounters {
    private final AtomicLongArray counts = new AtomicLongArray(Drop.values().length);

    /// One more.
    public void count(Drop reason) {
        count(reason, 1);
    }

    /// `times` more.
    public void count(Drop reason, int times) {
        counts.getAndAdd(reason.ordinal(), times);
    }

    /// So far.
    public long of(Drop reason) {
        return counts.get(reason.ordinal());
    }

    /// All reasons together.
    public long total() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }
}
