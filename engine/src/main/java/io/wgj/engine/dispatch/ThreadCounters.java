// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one I/O thread did, counted without locks: one thread at a time adds, any thread reads.
public final class ThreadCounters {
    /// Batches by size: 1, 2–3, 4–7, … 64 and more messages in one system call.
    public static final int BUCKETS = 7;

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int CALLS = 0;
    private static final int MESSAGES = 1;
    private static final int WAKE_UPS = 2;
    private static final int FAILURES = 3;
    private static final int HAND_OFFS = 4;
    private static final int FIRST_BUCKET = 5;

    private final long[] counts = new long[FIRST_BUCKET + BUCKETS];

    /// One system call that carried `messages` data messages.
    public void train(int messages) {
        add(CALLS, 1);
        add(MESSAGES, messages);
        add(FIRST_BUCKET + Math.min(BUCKETS - 1, 31 - Integer.numberOfLeadingZeros(Math.max(1, messages))), 1);
    }

    /// The thread slept and something came.
    public void wokeUp() {
        add(WAKE_UPS, 1);
    }

    /// A mistake of ours was survived.
    void failed() {
        add(FAILURES, 1);
    }

    /// A train was left to another thread.
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

    /// How often the thread slept and was woken.
    public long wakeUps() {
        return read(WAKE_UPS);
    }

    /// Batches lost to mistakes of the engine's own; 0 as long as it has none.
    public long failures() {
        return read(FAILURES);
    }

    /// Trains that were left to other threads; they are among [#trains()], too.
    public long handOffs() {
        return read(HAND_OFFS);
    }

    /// How many trains had between 2^bucket and 2^(bucket + 1) - 1 messages; the last bucket has no upper end.
    public long trainsOfSize(int bucket) {
        return read(FIRST_BUCKET + bucket);
    }

    /// What both have counted, as of now.
    public ThreadCounters plus(ThreadCounters other) {
        ThreadCounters sum = new ThreadCounters();
        for (int i = 0; i < counts.length; i++) {
            sum.counts[i] = read(i) + other.read(i);
        }
        return sum;
    }

    private void add(int index, long more) {
        // Only one thread at a time writes, so a plain addition loses nothing; opaque makes it visible in time.
        ELEMENT.setOpaque(counts, index, counts[index] + more);
    }

    private long read(int index) {
        return (long) ELEMENT.getOpaque(counts, index);
    }
}
