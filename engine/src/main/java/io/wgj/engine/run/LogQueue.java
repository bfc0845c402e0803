// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// Lines on their way to a stream that may not be read: a pager that waits for a key, a stopped terminal. The
/// caller never waits, since it may be the handshake thread; a thread of this class writes the lines in
/// order. When too many wait, new ones are left out, and one line says how many.
public final class LogQueue implements LogLines {
    /// The most lines that wait.
    static final int MOST = 1_024;

    private static final long FLUSH_MILLIS = 500;

    private final PrintStream out;
    private final LongFunction<String> leftOutLine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<String> waiting = new ArrayDeque<>();
    private long leftOut;
    private boolean writing;

    /// @param leftOutLine makes the line that says how many were left out
    public LogQueue(PrintStream out, LongFunction<String> leftOutLine) {
        this.out = out;
        this.leftOutLine = leftOutLine;
        Thread.ofPlatform().daemon().name("log").start(this::write);
    }

    @Override
    public void add(String line) {
        lock.lock();
        try {
            // While lines are missing, the line that says so comes before any other.
            if (leftOut > 0 || waiting.size() == MOST) {
                leftOut++;
            } else {
                waiting.add(line);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS);
            while ((!waiting.isEmpty() || leftOut > 0 || writing) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            while (true) {
                out.println(next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        lock.lock();
        try {
            writing = false;
            changed.signalAll();
            while (waiting.isEmpty() && leftOut == 0) {
                changed.await();
            }
            writing = true;
            String line = waiting.poll();
            if (line == null) {
                line = leftOutLine.apply(leftOut);
                leftOut = 0;
            }
            return line;
        } finally {
            lock.unlock();
        }
    }
}
