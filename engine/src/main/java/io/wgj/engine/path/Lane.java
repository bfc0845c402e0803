// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunClosedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// An order among trains: they are opened by any thread at any time, and delivered one after the other as RX
/// received them. All trains of one peer are in the same lane, so what comes after decryption (replay window,
/// sessions, timers, the flows inside) sees one thread at a time, in the order of arrival, as if there were no
/// workers.
///
/// Nobody waits here. Who has opened a train leaves it at its place and, unless somebody is delivering, delivers
/// all that is due. Nothing is left behind: a train is put down before [#delivering] is looked at, and whoever
/// delivers looks at the next place once more after [#delivering] is off, all by volatile access; so of the two one
/// sees the other.
final class Lane {
    /// How many trains are delivered before what they brought is written, however many more are there.
    private static final int MOST_IN_A_ROW = RxPath.MOST_RECEIVES;

    private final AtomicReferenceArray<IncomingTrain> opened;
    private final int mask;
    private final AtomicBoolean delivering = new AtomicBoolean();
    /// The place to be delivered next; written by who is delivering.
    private volatile long turn;
    /// RX's alone.
    private long issued;

    /// What a thread does while the lane is its own.
    interface Turn {
        /// The next train; whose data is free for others afterwards. Survives its own mistakes.
        void deliver(IncomingTrain train) throws TunClosedException;

        /// Nothing more is due now: whatever is held must not wait.
        void flush() throws TunClosedException;
    }

    /// @param trains that there are at all, so that none finds its place taken
    Lane(int trains) {
        int size = Integer.highestOneBit(Math.max(1, trains - 1)) * 2;
        opened = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    /// RX: the train is next. Whoever has it must call [#opened], or the lane stands still.
    void issue(IncomingTrain train) {
        train.line(this, issued++);
    }

    /// The train is decrypted. Delivers it, and others, unless some other thread is to.
    void opened(IncomingTrain train, Turn thread) throws TunClosedException {
        opened.set((int) train.place() & mask, train);
        do {
            if (!delivering.compareAndSet(false, true)) {
                return;
            }
            try {
                deliver(thread);
            } finally {
                delivering.set(false);
            }
        } while (opened.get((int) turn & mask) != null);
    }

    private void deliver(Turn thread) throws TunClosedException {
        long at = turn;
        int inARow = 0;
        IncomingTrain train = opened.get((int) at & mask);
        while (train != null) {
            opened.set((int) at & mask, null);
            at++;
            turn = at;
            try {
                thread.deliver(train);
            } finally {
                train.free();
            }
            inARow++;
            if (inARow == MOST_IN_A_ROW) {
                thread.flush();
                inARow = 0;
            }
            train = opened.get((int) at & mask);
        }
        thread.flush();
    }
}
