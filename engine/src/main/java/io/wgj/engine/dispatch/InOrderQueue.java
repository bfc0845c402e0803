// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.TunClosedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Delivers work items in the order in which the I/O thread took them in, whatever thread finished them and
/// when.
///
/// RX has several of these queues, and all trains of one peer go through the same one. What follows
/// decryption (replay window, sessions, timers, joining) therefore sees one thread at a time and the order of
/// arrival, as if there were no workers. A TX thread has one queue for everything it reads, so sending and
/// staging keep their order, too.
///
/// No thread waits for another here. A thread that has finished an item puts it at its place. Then it
/// delivers every item that is due, unless another thread is delivering. No item is overlooked: an item is
/// put down before [#delivering] is read, and the delivering thread looks at the next place again after it
/// has cleared [#delivering]. Both accesses are volatile, so one of the two threads sees the other.
///
/// @param <T> the kind of work item
public final class InOrderQueue<T extends WorkItem<T>> {
    /// How many items are delivered before what they brought is written, however many more are due.
    private static final int MOST_IN_A_ROW = 16;

    private final AtomicReferenceArray<@Nullable T> done;
    private final int mask;
    private final AtomicBoolean delivering = new AtomicBoolean();
    /// The place to be delivered next. Only the delivering thread writes it.
    private volatile long next;
    /// Used by the I/O thread only.
    private long enqueued;

    /// @param items how many items exist, so that no two of them need the same place
    public InOrderQueue(int items) {
        int size = Integer.highestOneBit(Math.max(1, items - 1)) * 2;
        done = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /// I/O thread: gives the item the next place. The thread that has the item must call [#complete], or the
    /// queue stands still.
    public void enqueue(T item) {
        item.place(this, enqueued++);
    }

    /// The item is opened or sealed. Delivers it and every other item that is due, unless another thread is
    /// delivering.
    public void complete(T item, WorkHandler<T> handler) throws TunClosedException {
        done.set((int) item.place() & mask, item);
        do {
            if (!delivering.compareAndSet(false, true)) {
                return;
            }
            try {
                deliver(handler);
            } finally {
                delivering.set(false);
            }
        } while (done.get((int) next & mask) != null);
    }

    private void deliver(WorkHandler<T> handler) throws TunClosedException {
        long at = next;
        int inARow = 0;
        T item = done.get((int) at & mask);
        while (item != null) {
            done.set((int) at & mask, null);
            at++;
            next = at;
            try {
                handler.deliver(item);
            } finally {
                item.free();
            }
            inARow++;
            if (inARow == MOST_IN_A_ROW) {
                handler.flush();
                inARow = 0;
            }
            item = done.get((int) at & mask);
        }
        handler.flush();
    }
}
