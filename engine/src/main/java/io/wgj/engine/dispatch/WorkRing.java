// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A bounded first-in-first-out ring from one I/O thread to one worker. One thread puts in, one takes out,
/// and neither waits.
///
/// A place is empty or holds an item, and the two threads exchange nothing else. The I/O thread fills only
/// empty places, the worker empties only full ones, and each counts its own position.
final class WorkRing<T> {
    private final AtomicReferenceArray<@Nullable T> places;
    private final int mask;
    /// Used by the I/O thread only.
    private int put;
    /// Used by the worker only.
    private int taken;

    /// @param capacity a power of two
    WorkRing(int capacity) {
        places = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /// I/O thread: adds an item; false when the ring is full. The store is volatile, because the thread then
    /// reads whether the worker sleeps.
    boolean offer(T train) {
        if (places.get(put & mask) != null) {
            return false;
        }
        places.set(put & mask, train);
        put++;
        return true;
    }

    /// Worker: takes the oldest item; null when the ring is empty.
    @Nullable
    T poll() {
        T train = places.get(taken & mask);
        if (train != null) {
            places.set(taken & mask, null);
            taken++;
        }
        return train;
    }

    /// Worker: whether the ring is empty.
    boolean isEmpty() {
        return places.get(taken & mask) == null;
    }

    /// I/O thread: how many items wait. The worker may have taken some of them in the meantime.
    int waiting() {
        int waiting = 0;
        while (waiting <= mask && places.get(put - 1 - waiting & mask) != null) {
            waiting++;
        }
        return waiting;
    }
}
