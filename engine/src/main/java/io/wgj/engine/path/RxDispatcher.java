// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Peer;
import io.wgj.engine.dispatch.InOrderQueue;
import io.wgj.engine.dispatch.WorkerPool;
import io.wgj.engine.dispatch.WorkerQueue;
import java.util.ArrayList;
import java.util.List;

/// RX's worker pool: received trains, and the queues that deliver them.
public final class RxDispatcher extends WorkerPool<IncomingTrain> {
    /// For each worker: one train that it opens, and those that wait for it or for their turn to be
    /// delivered.
    private static final int TRAINS_PER_WORKER = 6;

    private final List<InOrderQueue<IncomingTrain>> queues = new ArrayList<>();

    /// @param workers RX's queue to each worker; empty for no workers. Then one train is enough, and its memory
    ///     stays in the processor's caches.
    public RxDispatcher(List<WorkerQueue<IncomingTrain>> workers) {
        super(workers, workers.isEmpty() ? 1 : (workers.size() + 1) * TRAINS_PER_WORKER, IncomingTrain::new);
        // More queues than threads, so that two busy peers seldom share one.
        int count = Math.max(1, 4 * Integer.highestOneBit(workers.size()));
        for (int i = 0; i < count; i++) {
            queues.add(new InOrderQueue<>(size()));
        }
    }

    /// The queue that delivers this peer's trains, always the same one.
    InOrderQueue<IncomingTrain> queueOf(Peer peer) {
        return queues.get(System.identityHashCode(peer) & queues.size() - 1);
    }
}
