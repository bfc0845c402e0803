// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import io.wgj.engine.io.TunClosedException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A thread that opens what RX hands to it and seals what TX threads hand to it. It sleeps while its queues
/// are empty. RX and each TX thread have one [WorkerQueue] here; the worker serves them in turn.
///
/// No item is overlooked: the worker sets `sleeping` before it looks at its queues a last time, and an I/O
/// thread puts its item in before it reads `sleeping`. Both accesses are volatile, so one of the two threads
/// sees the other.
///
/// @param <I> the work items that RX hands over
/// @param <O> the work items that TX threads hand over
public final class Worker<I extends WorkItem<I>, O extends WorkItem<O>> implements Runnable {
    private static final long SPIN_NANOS = 20_000;

    private final WorkerQueue<I> fromRx = new WorkerQueue<>(this);
    private final List<WorkerQueue<O>> fromTx;
    private final Supplier<? extends WorkHandler<I>> openings;
    private final Supplier<? extends WorkHandler<O>> sealings;
    private final boolean spins;
    private final WorkerCounters counters;
    private final Runnable onLinkGone;
    private volatile boolean stopping;
    private volatile boolean sleeping;
    private volatile @Nullable Thread thread;

    /// @param openings makes the handler that opens; called on the worker's thread
    /// @param sealings makes the handler that seals; called on the worker's thread
    /// @param txThreads how many TX threads hand batches to this worker
    /// @param spins whether to look for more work for a moment before sleeping
    /// @param onLinkGone called from the worker's thread, which then ends, when the TUN was deleted
    public Worker(
            Supplier<? extends WorkHandler<I>> openings,
            Supplier<? extends WorkHandler<O>> sealings,
            int txThreads,
            boolean spins,
            WorkerCounters counters,
            Runnable onLinkGone) {
        this.openings = openings;
        this.sealings = sealings;
        this.fromTx = IntStream.range(0, txThreads)
                .mapToObj(_ -> new WorkerQueue<O>(this))
                .toList();
        this.spins = spins;
        this.counters = counters;
        this.onLinkGone = onLinkGone;
    }

    /// The queue from RX to this worker.
    public WorkerQueue<I> fromRx() {
        return fromRx;
    }

    /// The queue from a TX thread to this worker.
    ///
    /// @param queue the TX thread's number, from 0
    public WorkerQueue<O> fromTx(int queue) {
        return fromTx.get(queue);
    }

    /// Any thread: makes the worker end soon; waiting items are dropped.
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        WorkHandler<I> opening = openings.get();
        WorkHandler<O> sealing = sealings.get();
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

    /// Handles one train, if there is one.
    private boolean open(WorkHandler<I> work) throws TunClosedException {
        I train = fromRx.poll();
        if (train == null) {
            return false;
        }
        counters.opening().train(train.messages());
        work.handle(train);
        return true;
    }

    /// Handles one batch of each TX thread that has handed one over.
    private boolean seal(WorkHandler<O> work) throws TunClosedException {
        boolean found = false;
        for (int i = 0; i < fromTx.size(); i++) {
            O batch = fromTx.get(i).poll();
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
            if (!fromTx.get(i).isEmpty()) {
                return false;
            }
        }
        return fromRx.isEmpty();
    }

    private void sleep() {
        sleeping = true;
        if (isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        sleeping = false;
    }

    /// I/O thread: wakes this worker if it sleeps. Called after an item was put into one of its queues.
    void wakeIfAsleep() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }
}
