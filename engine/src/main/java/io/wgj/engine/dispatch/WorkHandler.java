// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.TunClosedException;

/// What one thread does with work items of one kind. Each thread has a handler of its own.
///
/// An exception in [#handle] or [#deliver] costs the item in which it is found and no more: the handler
/// counts it and goes on.
///
/// @param <T> the kind of work item
public interface WorkHandler<T extends WorkItem<T>> {
    /// Opens or seals the item, then delivers every item that is due in its queue, unless another thread
    /// does.
    void handle(T item) throws TunClosedException;

    /// Delivers the next item of a queue. The item is free for others afterwards.
    void deliver(T item) throws TunClosedException;

    /// No further item is due now: writes everything that [#deliver] has held back.
    void flush() throws TunClosedException;
}
