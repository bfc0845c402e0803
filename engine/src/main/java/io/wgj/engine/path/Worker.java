// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunClosedException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A thread that opens trains which RX hands to it, and seals batches from TX threads, and sleeps while
/// there is neither. RX and each TX thread have an [Inbox] of their own here, and take turns.
///
/// It says that it sleeps before it looks a last time; they put something in before they look whether it
/// sleeps. Both by volatile access, so that one of the two sees the other, and nothing lies there unseen.
final class Worker implements Runnable {
    private static final int CAPACITY = 4;
    private static final long SPIN_NANOS = 20_000;

    private final Inbox<IncomingTrain> fromRx = new Inbox<>();
    private final List<Inbox<OutgoingBatch>> fromTx;
    private final Supplier<TrainWork> openings;
    private final Supplier<BatchWork> sealings;
    private final boolean spins;
    private final WorkerCounters counters;
    private final Runnable onLinkGone;
    private volatile boolean stopping;
    private volatile boolean sleeping;
    private volatile @Nullable Thread thread;

    /// @param openings makes what this thread opens with, on it
    /// @param sealings makes what this thread seals with, on it
    /// @param txThreads how many hand batches to it
    /// @param spins whether to look for more for a moment before falling asleep
    /// @param onLinkGone called from this thread, which then ends, when the TUN was deleted
    Worker(
            Supplier<TrainWork> openings,
            Supplier<BatchWork> sealings,
            int txThreads,
            boolean spins,
            WorkerCounters counters,
            Runnable onLinkGone) {
        this.openings = openings;
        this.sealings = sealings;
        this.fromTx = IntStream.range(0, txThreads)
                .mapToObj(_ -> new Inbox<OutgoingBatch>())
                .toList();
        this.spins = spins;
        this.counters = counters;
        this.onLinkGone = onLinkGone;
    }

    /// RX's way to this worker.
    Inbox<IncomingTrain> fromRx() {
        return fromRx;
    }

    /// A TX thread's way to this worker.
    ///
    /// @param queue its number, from 0 on
    Inbox<OutgoingBatch> fromTx(int queue) {
        return fromTx.get(queue);
    }

    /// Any thread: makes it end soon; what waits is forgotten.
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        TrainWork opening = openings.get();
        BatchWork sealing = sealings.get();
        try {
            while (!stopping) {
                boolean opened = open(opening);
                boolean sealed = seal(sealing);
                if (!opened && !sealed && !(spins && somethingComes())) {
                    sleep();
                    counters.opening().wokeUp();
                }
            }
        } catch (TunClosedException _) {
            onLinkGone.run();
        }
    }

    /// One train, if there is one.
    private boolean open(TrainWork work) throws TunClosedException {
        IncomingTrain train = fromRx.poll();
        if (train == null) {
            return false;
        }
        counters.opening().train(train.messages());
        work.handle(train);
        return true;
    }

    /// One batch of each TX thread that has one here.
    private boolean seal(BatchWork work) throws TunClosedException {
        boolean found = false;
        for (int i = 0; i < fromTx.size(); i++) {
            OutgoingBatch batch = fromTx.get(i).poll();
            if (batch != null) {
                found = true;
                counters.sealing().train(batch.messages());
                work.handle(batch);
            }
        }
        return found;
    }

    private boolean somethingComes() {
        long start = System.nanoTime();
        do {
            if (!isEmpty()) {
                return true;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < SPIN_NANOS);
        return false;
    }

    private boolean isEmpty() {
        for (int i = 0; i < fromTx.size(); i++) {
            if (!fromTx.get(i).ring.isEmpty()) {
                return false;
            }
        }
        return fromRx.ring.isEmpty();
    }

    private void sleep() {
        sleeping = true;
        if (isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        sleeping = false;
    }

    /// One I/O thread's way to this worker; the methods are that thread's, but for [#poll].
    final class Inbox<T> {
        private final TrainRing<T> ring = new TrainRing<>(CAPACITY);

        private Inbox() {}

        /// Leaves a load to the worker; false when it has enough.
        boolean offer(T load) {
            if (!ring.offer(load)) {
                return false;
            }
            if (sleeping) {
                LockSupport.unpark(thread);
            }
            return true;
        }

        /// The worker: null when there is nothing.
        @Nullable
        T poll() {
            return ring.poll();
        }

        /// How many loads wait for it.
        int waiting() {
            return ring.waiting();
        }
    }
}
