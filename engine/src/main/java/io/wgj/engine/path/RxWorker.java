// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.io.TunClosedException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A thread that opens trains which RX hands to it, and sleeps while there are none.
///
/// It says that it sleeps before it looks a last time; RX puts a train in before it looks whether it sleeps. Both
/// by volatile access, so that one of them sees the other, and no train lies there unseen.
final class RxWorker implements Runnable {
    private static final int CAPACITY = 4;
    private static final long SPIN_NANOS = 20_000;

    private final TrainRing ring = new TrainRing(CAPACITY);
    private final Supplier<TrainWork> works;
    private final boolean spins;
    private final PathCounters counters;
    private final Runnable onLinkGone;
    private volatile boolean stopping;
    private volatile boolean sleeping;
    private volatile @Nullable Thread thread;

    /// @param works makes what this thread works with, on it
    /// @param spins whether to look for more for a moment before falling asleep
    /// @param onLinkGone called from this thread, which then ends, when the TUN was deleted
    RxWorker(Supplier<TrainWork> works, boolean spins, PathCounters counters, Runnable onLinkGone) {
        this.works = works;
        this.spins = spins;
        this.counters = counters;
        this.onLinkGone = onLinkGone;
    }

    /// RX: leaves a train to this worker; false when it has enough.
    boolean offer(IncomingTrain train) {
        if (!ring.offer(train)) {
            return false;
        }
        if (sleeping) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    /// RX: how many trains wait for it.
    int waiting() {
        return ring.waiting();
    }

    /// Any thread: makes it end soon; trains that wait are forgotten.
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        TrainWork work = works.get();
        while (!stopping) {
            IncomingTrain train = next();
            if (train != null) {
                try {
                    counters.train(train.messages());
                    work.handle(train);
                } catch (TunClosedException _) {
                    onLinkGone.run();
                    return;
                }
            } else {
                sleep();
                counters.wokeUp();
            }
        }
    }

    private @Nullable IncomingTrain next() {
        IncomingTrain train = ring.poll();
        if (train != null || !spins) {
            return train;
        }
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
            train = ring.poll();
        } while (train == null && System.nanoTime() - start < SPIN_NANOS);
        return train;
    }

    private void sleep() {
        sleeping = true;
        if (ring.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        sleeping = false;
    }
}
