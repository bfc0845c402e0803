// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.noise.Messages;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// Handshake messages on their way from RX to CONTROL, in 1024 preallocated slots. Any number of threads put
/// in without a lock; one takes out. The number in each slot shows whether it is to be filled or emptied
/// (Dmitry Vyukov's bounded queue).
final class HandshakeQueue {
    static final int CAPACITY = 1024;
    /// From this many waiting messages on, the device is under load (an eighth).
    static final int UNDER_LOAD = CAPACITY / 8;

    private final byte[][] messages = new byte[CAPACITY][Messages.INITIATION_LENGTH];
    private final int[] lengths = new int[CAPACITY];
    private final @Nullable UdpFlow[] flows = new UdpFlow[CAPACITY];
    private final AtomicLongArray turns = new AtomicLongArray(CAPACITY);
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();
    private int takenLength;

    HandshakeQueue() {
        for (int i = 0; i < CAPACITY; i++) {
            turns.setPlain(i, i);
        }
    }

    /// Copies a message in; false when the queue is full.
    boolean offer(byte[] data, int offset, int length, UdpFlow flow) {
        while (true) {
            long at = tail.get();
            int slot = (int) at & CAPACITY - 1;
            long turn = turns.get(slot);
            if (turn < at) {
                return false;
            }
            if (turn == at && tail.compareAndSet(at, at + 1)) {
                System.arraycopy(data, offset, messages[slot], 0, length);
                lengths[slot] = length;
                flows[slot] = flow;
                turns.set(slot, at + 1);
                return true;
            }
        }
    }

    /// Copies the oldest message to `into`, 148 bytes at most, and returns where it came from; null when
    /// there is none. Call [#takenLength()] next.
    @Nullable
    UdpFlow take(byte[] into) {
        long at = head.get();
        int slot = (int) at & CAPACITY - 1;
        if (turns.get(slot) != at + 1) {
            return null;
        }
        takenLength = lengths[slot];
        System.arraycopy(messages[slot], 0, into, 0, takenLength);
        UdpFlow flow = flows[slot];
        flows[slot] = null;
        head.set(at + 1);
        turns.set(slot, at + CAPACITY);
        return flow;
    }

    /// The length of the message taken last.
    int takenLength() {
        return takenLength;
    }

    /// How many messages wait.
    int size() {
        return (int) (tail.get() - head.get());
    }
}
