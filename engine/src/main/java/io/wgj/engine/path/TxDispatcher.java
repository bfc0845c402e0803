// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.dispatch.InOrderQueue;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.WorkerPool;
import io.wgj.engine.dispatch.WorkerQueue;
import java.util.List;

/// The team of one TX thread: batches that go out, and the one lane in which they are sent, since a flow
/// stays with the thread.
public final class TxDispatcher extends WorkerPool<OutgoingBatch> {
    /// Besides one for each worker: one that TX fills, and one that it seals or that waits for others to be
    /// sent first.
    private static final int MORE_BATCHES = 2;

    /// More than this many workers share what there is for so many: a batch is a quarter of a megabyte.
    private static final int MOST_BATCHES = 8;

    private final InOrderQueue<OutgoingBatch> queue;
    private final ThreadCounters sent;

    /// @param workers the thread's queue of each worker
    /// @param vnetHeader whether what is read starts with a virtio-net header
    public TxDispatcher(List<WorkerQueue<OutgoingBatch>> workers, boolean vnetHeader) {
        ThreadCounters counters = new ThreadCounters();
        super(
                workers,
                Math.min(workers.size(), MOST_BATCHES) + MORE_BATCHES,
                () -> new OutgoingBatch(vnetHeader, counters));
        sent = counters;
        queue = new InOrderQueue<>(size());
    }

    /// What was sent in the lane, by whichever thread.
    public ThreadCounters sent() {
        return sent;
    }

    /// In which order the thread's batches are sent.
    InOrderQueue<OutgoingBatch> queue() {
        return queue;
    }
}
