// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A piece of work that passes through several threads: a train that came in or a batch that goes out. It
/// belongs to one thread at a time. The I/O thread fills it, one thread opens or seals it, one thread
/// delivers it in the order of its [InOrderQueue], and then it is free for the I/O thread again. Each
/// hand-over is a store with release or volatile semantics, so the fields need no synchronization of their
/// own.
///
/// @param <T> the kind of work item, the subclass itself
public abstract class WorkItem<T extends WorkItem<T>> {
    private @Nullable InOrderQueue<T> queue;
    private long place;
    private final AtomicBoolean free = new AtomicBoolean(true);

    /// I/O thread: takes the item if it is free.
    public final boolean take() {
        if (!free.getAcquire()) {
            return false;
        }
        // Only the I/O thread takes items, so it needs no compare-and-set.
        free.setPlain(false);
        return true;
    }

    /// Gives the item back to the I/O thread.
    public final void free() {
        forget();
        free.setRelease(true);
    }

    /// How many messages are in it.
    public abstract int messages();

    /// Empties the item; nothing of it will be delivered.
    public abstract void forget();

    /// I/O thread: gives the item its place in a queue.
    final void place(InOrderQueue<T> newQueue, long newPlace) {
        queue = newQueue;
        place = newPlace;
    }

    /// Its place in its queue.
    final long place() {
        return place;
    }

    /// The queue that delivers it.
    public final InOrderQueue<T> queue() {
        InOrderQueue<T> own = queue;
        if (own == null) {
            throw new IllegalStateException("an item without a place in a queue");
        }
        return own;
    }
}
