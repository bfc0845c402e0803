// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.dispatch.InOrderQueue;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.WorkerPool;
import io.wgj.engine.dispatch.WorkerQueue;
import java.util.List;

/// The worker pool of one TX thread: its batches, and the one queue that sends them. One queue is enough,
/// because a flow stays with its TX thread.
public final class TxDispatcher extends WorkerPool<OutgoingBatch> {
    /// Besides one batch for each worker: one that TX fills, and one that TX seals or that waits for its
    /// turn.
    private static final int MORE_BATCHES = 2;

    /// More workers than this share the batches, since a batch takes a quarter of a megabyte.
    private static final int MOST_BATCHES = 8;

    private final InOrderQueue<OutgoingBatch> queue;
    private final ThreadCounters sent;

    /// @param workers the thread's queue to each worker; empty for no workers. Then one batch of one read is
    ///     enough.
    /// @param vnetHeader whether a read starts with a virtio-net header
    public TxDispatcher(List<WorkerQueue<OutgoingBatch>> workers, boolean vnetHeader) {
        ThreadCounters counters = new ThreadCounters();
        int reads = workers.isEmpty() ? 1 : OutgoingBatch.MOST_READS;
        super(
                workers,
                workers.isEmpty() ? 1 : Math.min(workers.size(), MOST_BATCHES) + MORE_BATCHES,
                () -> new OutgoingBatch(reads, vnetHeader, counters));
        sent = counters;
        queue = new InOrderQueue<>(size());
    }

    /// What was sent through the queue, by any thread.
    public ThreadCounters sent() {
        return sent;
    }

    /// The queue that sends the thread's batches.
    InOrderQueue<OutgoingBatch> queue() {
        return queue;
    }
}
