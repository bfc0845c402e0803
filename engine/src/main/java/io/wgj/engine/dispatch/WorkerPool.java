// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an I/O thread shares with the workers: the loads that there are, bounded, and its way to each
/// worker. The methods are that thread's.
public class WorkerPool<T extends WorkItem<T>> {
    private final List<WorkerQueue<T>> queues;
    private final List<T> items;

    /// @param queues this thread's queue of each worker
    /// @param items how many there are
    public WorkerPool(List<WorkerQueue<T>> queues, int items, Supplier<T> made) {
        this.queues = List.copyOf(queues);
        this.items = Stream.generate(made).limit(items).toList();
    }

    /// How many loads there are at all.
    public final int size() {
        return items.size();
    }

    /// A load that nobody has, to fill; null when there is none at this moment. The first that is free: its
    /// memory was used last.
    public final @Nullable T take() {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).take()) {
                return items.get(i);
            }
        }
        return null;
    }

    /// Leaves a load that has its place to the worker with the least to do; false when all have enough.
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
