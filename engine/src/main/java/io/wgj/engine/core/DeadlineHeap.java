// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The peers with a pending timer, the soonest first. A binary heap in which every peer knows its place: idle
/// peers cost nothing, and with ten thousand busy ones a change takes fourteen steps. Used by CONTROL only.
final class DeadlineHeap {
    private @Nullable Peer[] heap = new Peer[16];
    private long[] times = new long[16];
    private int size;

    /// When the first peer is due; [PeerTimers#NEVER] when there is none.
    long next() {
        return size == 0 ? PeerTimers.NEVER : times[0];
    }

    /// The first peer, if it is due.
    @Nullable
    Peer due(long now) {
        return size > 0 && times[0] <= now ? heap[0] : null;
    }

    /// Sets when `peer` is due; [PeerTimers#NEVER] removes it.
    void set(Peer peer, long time) {
        int at = peer.heapPlace;
        if (time == PeerTimers.NEVER) {
            if (at >= 0) {
                remove(at);
            }
        } else if (at >= 0) {
            place(at, peer, time);
        } else {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            place(size++, peer, time);
        }
    }

    private void remove(int at) {
        Peer gone = heap[at];
        Peer last = heap[--size];
        long lastTime = times[size];
        heap[size] = null;
        if (gone != null) {
            gone.heapPlace = -1;
        }
        if (at < size && last != null) {
            place(at, last, lastTime);
        }
    }

    /// Puts `peer` where its time belongs, starting from `start`.
    private void place(int start, Peer peer, long time) {
        int at = start;
        while (at > 0 && times[at - 1 >> 1] > time) {
            move(at - 1 >> 1, at);
            at = at - 1 >> 1;
        }
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (child >= size || times[child] >= time) {
                break;
            }
            move(child, at);
            at = child;
        }
        heap[at] = peer;
        times[at] = time;
        peer.heapPlace = at;
    }

    private void move(int from, int to) {
        Peer peer = heap[from];
        heap[to] = peer;
        times[to] = times[from];
        if (peer != null) {
            peer.heapPlace = to;
        }
    }
}
