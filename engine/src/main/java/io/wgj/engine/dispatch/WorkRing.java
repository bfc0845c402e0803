// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Trains or batches from an I/O thread to one worker, first in first out, bounded: one thread puts in, one
/// takes out, neither waits.
///
/// A place is empty or holds a train, and that is all the two threads tell each other: the I/O
/// thread fills only empty places, the worker empties only full ones, each goes round by itself.
final class WorkRing<T> {
    private final AtomicReferenceArray<@Nullable T> places;
    private final int mask;
    /// The I/O thread's alone.
    private int put;
    /// The worker's alone.
    private int taken;

    /// @param capacity a power of two
    WorkRing(int capacity) {
        places = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /// I/O thread: false when it is full. The store is volatile: afterwards it looks whether the worker
    /// sleeps.
    boolean offer(T train) {
        if (places.get(put & mask) != null) {
            return false;
        }
        places.set(put & mask, train);
        put++;
        return true;
    }

    /// The worker: null when it is empty.
    @Nullable
    T poll() {
        T train = places.get(taken & mask);
        if (train != null) {
            places.set(taken & mask, null);
            taken++;
        }
        return train;
    }

    /// The worker: whether there is nothing to take.
    boolean isEmpty() {
        return places.get(taken & mask) == null;
    }

    /// I/O thread: how many wait, or a few more than by now.
    int waiting() {
        int waiting = 0;
        while (waiting <= mask && places.get(put - 1 - waiting & mask) != null) {
            waiting++;
        }
        return waiting;
    }
}
