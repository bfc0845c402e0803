// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.TunClosedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// An order among loads: they are opened or sealed by any thread at any time, and delivered one after the
/// other as the I/O thread took them in. All trains of one peer are in the same lane of RX's, so what comes
/// after decryption (replay window, sessions, timers, the flows inside) sees one thread at a time, in the
/// order of arrival, as if there were no workers; so do sending and staging, since a TX thread has one lane
/// for all that it reads.
///
/// Nobody waits here. Who has done its part leaves a load at its place and, unless somebody is delivering,
/// delivers all that is due. Nothing is left behind: a load is put down before [#delivering] is looked at,
/// and whoever delivers looks at the next place once more after [#delivering] is off, all by volatile
/// access; so of the two one sees the other.
///
/// @param <T> what is delivered in it
public final class InOrderQueue<T extends WorkItem<T>> {
    /// How many loads are delivered before what they brought is written, however many more are there.
    private static final int MOST_IN_A_ROW = 16;

    private final AtomicReferenceArray<@Nullable T> done;
    private final int mask;
    private final AtomicBoolean delivering = new AtomicBoolean();
    /// The place to be delivered next; written by who is delivering.
    private volatile long turn;
    /// The I/O thread's alone.
    private long enqueued;

    /// @param items that there are at all, so that none finds its place taken
    public InOrderQueue(int items) {
        int size = Integer.highestOneBit(Math.max(1, items - 1)) * 2;
        done = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /// I/O thread: the load is next. Whoever has it must call [#done], or the lane stands still.
    public void enqueue(T item) {
        item.line(this, enqueued++);
    }

    /// The load is opened, or sealed. Delivers it, and others, unless some other thread is to.
    public void done(T item, WorkHandler<T> thread) throws TunClosedException {
        done.set((int) item.place() & mask, item);
        do {
            if (!delivering.compareAndSet(false, true)) {
                return;
            }
            try {
                deliver(thread);
            } finally {
                delivering.set(false);
            }
        } while (done.get((int) turn & mask) != null);
    }

    private void deliver(WorkHandler<T> thread) throws TunClosedException {
        long at = turn;
        int inARow = 0;
        T item = done.get((int) at & mask);
        while (item != null) {
            done.set((int) at & mask, null);
            at++;
            turn = at;
            try {
                thread.deliver(item);
            } finally {
                item.free();
            }
            inARow++;
            if (inARow == MOST_IN_A_ROW) {
                thread.flush();
                inARow = 0;
            }
            item = done.get((int) at & mask);
        }
        thread.flush();
    }
}
