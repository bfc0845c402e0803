// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one thread did, counted without locks. One thread at a time adds; any thread reads.
public final class ThreadCounters {
    /// Trains by size: 1, 2–3, 4–7, … 64 and more messages in one system call.
    public static final int BUCKETS = 7;

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int CALLS = 0;
    private static final int MESSAGES = 1;
    private static final int WAKE_UPS = 2;
    private static final int FAILURES = 3;
    private static final int HAND_OFFS = 4;
    private static final int FIRST_BUCKET = 5;

    private final long[] counts = new long[FIRST_BUCKET + BUCKETS];

    /// Counts one system call that carried `messages` data messages.
    public void train(int messages) {
        add(CALLS, 1);
        add(MESSAGES, messages);
        add(FIRST_BUCKET + Math.min(BUCKETS - 1, 31 - Integer.numberOfLeadingZeros(Math.max(1, messages))), 1);
    }

    /// Counts one wake-up.
    public void wokeUp() {
        add(WAKE_UPS, 1);
    }

    /// Counts one internal error.
    void failed() {
        add(FAILURES, 1);
    }

    /// Counts one train that was handed to a worker.
    public void handedOff() {
        add(HAND_OFFS, 1);
    }

    /// System calls on the UDP socket that carried data messages.
    public long trains() {
        return read(CALLS);
    }

    /// Data messages in all of them.
    public long messages() {
        return read(MESSAGES);
    }

    /// How often the thread woke up.
    public long wakeUps() {
        return read(WAKE_UPS);
    }

    /// Trains and batches lost to internal errors.
    public long failures() {
        return read(FAILURES);
    }

    /// Trains that were handed to workers. [#trains()] includes them.
    public long handOffs() {
        return read(HAND_OFFS);
    }

    /// How many trains had between 2^bucket and 2^(bucket + 1) - 1 messages. The last bucket has no upper
    /// end.
    public long trainsOfSize(int bucket) {
        return read(FIRST_BUCKET + bucket);
    }

    /// The sum of both at this moment.
    public ThreadCounters plus(ThreadCounters other) {
        ThreadCounters sum = new ThreadCounters();
        for (int i = 0; i < counts.length; i++) {
            sum.counts[i] = read(i) + other.read(i);
        }
        return sum;
    }

    private void add(int index, long more) {
        // Only one thread at a time writes, so a plain addition loses nothing. Opaque access makes it visible
        // to readers.
        ELEMENT.setOpaque(counts, index, counts[index] + more);
    }

    private long read(int index) {
        return (long) ELEMENT.getOpaque(counts, index);
    }
}
