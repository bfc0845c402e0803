// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.TunClosedException;
import org.jspecify.annotations.Nullable;

/// What one thread does with work items of one kind. Each thread has a handler of its own.
///
/// A thread whose item is the next of its queue takes the *turn* of that queue: no other thread delivers from
/// it meanwhile. It then opens or seals the item straight to where it is delivered ([#process]). Other items
/// are opened or sealed in place ([#prepare]), and delivered in their turn by any thread ([#deliver]).
///
/// An exception in any of these costs the items at hand and no more: the handler counts it and goes on.
///
/// @param <T> the kind of work item
public abstract class WorkHandler<T extends WorkItem<T>> {
    /// The queue whose turn this thread has.
    private @Nullable InOrderQueue<T> turn;

    /// Opens or seals the item, then delivers every item that is due in its queue, unless another thread
    /// does.
    public final void handle(T item) throws TunClosedException {
        try {
            handleAndKeep(item);
        } finally {
            giveBack();
        }
    }

    /// I/O thread: the same, but keeps the turn for its next item until [#giveBack]. What it delivers
    /// meanwhile is written together. This delays no other thread's item while the I/O thread places only
    /// items in the queue that it handles itself.
    public final void handleAndKeep(T item) throws TunClosedException {
        InOrderQueue<T> queue = item.queue();
        if (takeTurn(queue, item)) {
            try {
                process(item);
            } finally {
                queue.passed(item);
            }
        } else {
            prepare(item);
            queue.complete(item, this);
        }
    }

    private boolean takeTurn(InOrderQueue<T> queue, T item) throws TunClosedException {
        if (queue == turn) {
            return queue.isNext(item);
        }
        giveBack();
        if (!queue.claim(item)) {
            return false;
        }
        turn = queue;
        return true;
    }

    /// Gives back the turn that this thread has kept, if any. Items that became due meanwhile are delivered
    /// first.
    public final void giveBack() throws TunClosedException {
        InOrderQueue<T> queue = turn;
        if (queue != null) {
            turn = null;
            queue.release(this);
        }
    }

    /// Opens or seals the item in place, before its turn.
    protected abstract void prepare(T item);

    /// Opens or seals the item and delivers it, in its turn. The item is free for others afterwards.
    protected abstract void process(T item) throws TunClosedException;

    /// Delivers an item of [#prepare] in its turn. It is free for others afterwards.
    protected abstract void deliver(T item) throws TunClosedException;

    /// No further item is due now: writes everything that was held back.
    protected abstract void flush() throws TunClosedException;
}
