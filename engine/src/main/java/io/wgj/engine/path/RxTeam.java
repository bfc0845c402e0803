// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Peer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What RX and its workers share: the trains there are, and the lanes in which they are delivered. The methods are
/// RX's.
final class RxTeam {
    /// For each worker: one that it opens, and what waits for it or for others to be delivered first.
    private static final int TRAINS_PER_WORKER = 6;

    private final List<RxWorker> workers;
    private final IncomingTrain[] trains;
    private final Lane[] lanes;
    private int lastTaken;

    RxTeam(List<RxWorker> workers) {
        this.workers = workers;
        this.trains = new IncomingTrain[(workers.size() + 1) * TRAINS_PER_WORKER];
        for (int i = 0; i < trains.length; i++) {
            trains[i] = new IncomingTrain();
        }
        // More than there are threads, so that two busy peers seldom share one.
        this.lanes = new Lane[4 * Integer.highestOneBit(workers.size())];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(trains.length);
        }
    }

    /// A train that nobody has, for RX to fill; null when there is none at this moment.
    @Nullable
    IncomingTrain take() {
        for (int i = 0; i < trains.length; i++) {
            lastTaken = lastTaken + 1 == trains.length ? 0 : lastTaken + 1;
            if (trains[lastTaken].take()) {
                return trains[lastTaken];
            }
        }
        return null;
    }

    /// In which order this peer's trains are delivered; always the same.
    Lane laneOf(Peer peer) {
        return lanes[System.identityHashCode(peer) & lanes.length - 1];
    }

    /// Leaves a train that has its place to the worker with the least to do; false when all have enough.
    boolean handOff(IncomingTrain train) {
        RxWorker best = workers.getFirst();
        int least = best.waiting();
        for (int i = 1; i < workers.size() && least > 0; i++) {
            int waiting = workers.get(i).waiting();
            if (waiting < least) {
                best = workers.get(i);
                least = waiting;
            }
        }
        return best.offer(train);
    }
}
