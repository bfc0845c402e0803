// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.dispatch.Lane;
import io.wgj.engine.dispatch.PathCounters;
import io.wgj.engine.dispatch.Team;
import io.wgj.engine.dispatch.WorkerQueue;
import java.util.List;

/// The team of one TX thread: batches that go out, and the one lane in which they are sent, since a flow
/// stays with the thread.
public final class TxTeam extends Team<OutgoingBatch> {
    /// Besides one for each worker: one that TX fills, and one that it seals or that waits for others to be
    /// sent first.
    private static final int MORE_BATCHES = 2;

    /// More than this many workers share what there is for so many: a batch is a quarter of a megabyte.
    private static final int MOST_BATCHES = 8;

    private final Lane<OutgoingBatch> lane;
    private final PathCounters sent;

    /// @param workers the thread's queue of each worker
    /// @param vnetHeader whether what is read starts with a virtio-net header
    public TxTeam(List<WorkerQueue<OutgoingBatch>> workers, boolean vnetHeader) {
        PathCounters counters = new PathCounters();
        super(
                workers,
                Math.min(workers.size(), MOST_BATCHES) + MORE_BATCHES,
                () -> new OutgoingBatch(vnetHeader, counters));
        sent = counters;
        lane = new Lane<>(size());
    }

    /// What was sent in the lane, by whichever thread.
    public PathCounters sent() {
        return sent;
    }

    /// In which order the thread's batches are sent.
    Lane<OutgoingBatch> lane() {
        return lane;
    }
}
