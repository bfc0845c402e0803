// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import org.jspecify.annotations.Nullable;

/// The way of work items from one I/O thread to one worker, which it wakes. The methods are for the I/O thread, except
/// [#poll] and [#isEmpty], which are for the worker.
///
/// @param <T> the kind of work item
public final class WorkerQueue<T> {
    private static final int CAPACITY = 4;

    private final WorkRing<T> ring = new WorkRing<>(CAPACITY);
    private final Worker<?, ?> worker;

    WorkerQueue(Worker<?, ?> worker) {
        this.worker = worker;
    }

    /// Leaves an item to the worker; false when the queue is full.
    boolean offer(T item) {
        if (!ring.offer(item)) {
            return false;
        }
        worker.wakeIfAsleep();
        return true;
    }

    /// Takes the oldest item; null when there is none.
    public @Nullable T poll() {
        return ring.poll();
    }

    /// Whether the worker has taken every item.
    boolean isEmpty() {
        return ring.isEmpty();
    }

    /// How many items wait for the worker.
    int waiting() {
        return ring.waiting();
    }
}
