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
/// One thread at a time has the turn to deliver. There are two ways to get it:
///
/// - A thread whose item is the next one claims the turn before it has opened or sealed the item ([#claim]).
///   All other items are behind that one, so the claim delays none of them.
/// - A thread that has finished an item puts it at its place ([#complete]). Then it delivers every item that
///   is due, unless another thread has the turn.
///
/// No thread waits for another here, and no item is overlooked: an item is put down before [#published] and
/// [#delivering] are read, and the thread with the turn looks at the next place again after it has written
/// both. All accesses are volatile, so one of the two threads sees the other.
///
/// @param <T> the kind of work item
public final class InOrderQueue<T extends WorkItem<T>> {
    /// How many items are delivered before what they brought is written, however many more are due.
    private static final int MOST_IN_A_ROW = 16;

    private final AtomicReferenceArray<@Nullable T> done;
    private final int mask;
    /// Whether a thread has the turn.
    private final AtomicBoolean delivering = new AtomicBoolean();
    /// The place to be delivered next. Only for the thread with the turn.
    private long next;
    /// The same, as it was when the turn was last given back.
    private volatile long published;
    /// Used by the I/O thread only.
    private long enqueued;

    /// @param items how many items exist, so that no two of them need the same place
    public InOrderQueue(int items) {
        int size = Integer.highestOneBit(Math.max(1, items - 1)) * 2;
        done = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /// I/O thread: gives the item the next place. The thread that has the item must [#claim] its turn or call
    /// [#complete], or the queue stands still.
    public void enqueue(T item) {
        item.place(this, enqueued++);
    }

    /// Takes the turn if the item, which is not delivered yet, is the next one and no thread has the turn.
    /// After success the thread delivers the item itself, calls [#passed] and then [#release].
    boolean claim(T item) {
        // Once it is the next one, it stays so until it is delivered.
        return item.place() == published && delivering.compareAndSet(false, true);
    }

    /// Thread with the turn: whether the item is the next one.
    boolean isNext(T item) {
        return item.place() == next;
    }

    /// Thread with the turn: the next item, which was not put down, is delivered or lost. Frees it.
    void passed(T item) {
        next = item.place() + 1;
        item.free();
    }

    /// Thread with the turn: gives it back after a [#claim]. Delivers what has become due.
    void release(WorkHandler<T> handler) throws TunClosedException {
        deliverAndGiveBack(handler);
        deliverDue(handler);
    }

    /// The item is opened or sealed. Delivers it and every other item that is due, unless another thread has
    /// the turn.
    void complete(T item, WorkHandler<T> handler) throws TunClosedException {
        done.set((int) item.place() & mask, item);
        deliverDue(handler);
    }

    private void deliverDue(WorkHandler<T> handler) throws TunClosedException {
        while (done.get((int) published & mask) != null) {
            if (!delivering.compareAndSet(false, true)) {
                return;
            }
            deliverAndGiveBack(handler);
        }
    }

    private void deliverAndGiveBack(WorkHandler<T> handler) throws TunClosedException {
        try {
            deliver(handler);
        } finally {
            published = next;
            delivering.set(false);
        }
    }

    private void deliver(WorkHandler<T> handler) throws TunClosedException {
        int inARow = 0;
        T item = done.get((int) next & mask);
        while (item != null) {
            done.set((int) next & mask, null);
            next++;
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
            item = done.get((int) next & mask);
        }
        handler.flush();
    }
}
