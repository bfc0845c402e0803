// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import org.jspecify.annotations.Nullable;

/// What is on its way through several threads: trains that come in, batches that go out. It belongs to one
/// of them at a time: to the I/O thread that fills it; to whoever opens or seals what is in it; to whoever
/// delivers it in its [InOrderQueue]'s order; and then, free, to the I/O thread again. Each hands it on by a
/// volatile store, so its fields need no care of their own.
///
/// @param <T> the kind itself
public abstract class WorkItem<T extends WorkItem<T>> {
    private @Nullable InOrderQueue<T> queue;
    private long place;
    private volatile boolean free = true;

    /// I/O thread: takes it, if nobody has it.
    public final boolean take() {
        if (!free) {
            return false;
        }
        free = false;
        return true;
    }

    /// Who has it: lets the I/O thread have it again.
    public final void free() {
        forget();
        free = true;
    }

    /// Messages in it.
    public abstract int messages();

    /// Nothing in it is to be delivered.
    public abstract void forget();

    /// I/O thread: it is to be delivered at this place.
    final void line(InOrderQueue<T> newLane, long newPlace) {
        queue = newLane;
        place = newPlace;
    }

    /// Its place in its lane.
    final long place() {
        return place;
    }

    /// The lane in which it has its place.
    public final InOrderQueue<T> queue() {
        InOrderQueue<T> own = queue;
        if (own == null) {
            throw new IllegalStateException("a load that nobody put in line");
        }
        return own;
    }
}
