// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The workers as one I/O thread sees them: a bounded set of work items, and a queue to each worker. Only
/// that I/O thread calls the methods.
///
/// @param <T> the kind of work item
public class WorkerPool<T extends WorkItem<T>> {
    private static final long ALL_IN_USE_NANOS = 50_000;

    private final List<WorkerQueue<T>> queues;
    private final List<T> items = new ArrayList<>();

    /// @param queues this thread's queue to each worker; empty for no workers
    /// @param items how many work items there are
    /// @param made makes one
    public WorkerPool(List<WorkerQueue<T>> queues, int items, Supplier<T> made) {
        this.queues = List.copyOf(queues);
        for (int i = 0; i < items; i++) {
            this.items.add(made.get());
        }
    }

    /// Whether there are workers to hand work to.
    public final boolean hasWorkers() {
        return !queues.isEmpty();
    }

    /// How many work items there are.
    public final int size() {
        return items.size();
    }

    /// A free work item to fill; null when all are in use. The first free one is taken, because its memory
    /// was used last.
    public final @Nullable T take() {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).take()) {
                return items.get(i);
            }
        }
        return null;
    }

    /// Waits a moment because all items are in use: all processors are busy then.
    public final void awaitFree() {
        LockSupport.parkNanos(ALL_IN_USE_NANOS);
    }

    /// Hands an item that has its place to the worker with the fewest waiting items; false when all queues
    /// are full.
    public final boolean handOff(T item) {
        if (queues.isEmpty()) {
            return false;
        }
        WorkerQueue<T> best = queues.getFirst();
        int least = best.waiting();
        for (int i = 1; i < queues.size() && least > 0; i++) {
            int waiting = queues.get(i).waiting();
            if (waiting < least) {
                best = queues.get(i);
                least = waiting;
            }
        }
        return best.offer(item);
    }
}
