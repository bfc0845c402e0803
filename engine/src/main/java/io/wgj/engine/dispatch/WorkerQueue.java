// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import org.jspecify.annotations.Nullable;

/// The work items on their way from one I/O thread to one worker. The I/O thread calls the methods, except
/// [#poll] and [#isEmpty], which the worker calls.
///
/// @param <T> the kind of work item
public final class WorkerQueue<T> {
    private static final int CAPACITY = 4;

    private final WorkRing<T> ring = new WorkRing<>(CAPACITY);
    private final Worker<?, ?> worker;

    WorkerQueue(Worker<?, ?> worker) {
        this.worker = worker;
    }

    /// Adds an item and wakes the worker if it sleeps; false when the queue is full.
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

    /// Whether no item waits.
    boolean isEmpty() {
        return ring.isEmpty();
    }

    /// How many items wait for the worker.
    int waiting() {
        return ring.waiting();
    }
}
