// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import java.util.PriorityQueue;

/// Tasks to run at a time of CLOCK_BOOTTIME. For the monitor's thread alone.
final class Timers {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long number;

    /// @return cancels the task when run
    Runnable at(long nanos, Runnable task) {
        number++;
        Timer timer = new Timer(nanos, number, task);
        queue.add(timer);
        return () -> queue.remove(timer);
    }

    /// When the next task is due; `Long.MAX_VALUE` for none.
    long next() {
        Timer first = queue.peek();
        return first == null ? Long.MAX_VALUE : first.nanos;
    }

    /// Runs the tasks that are due. A task that a task adds for now runs in the next round.
    void run(long now) {
        long last = number;
        while (!queue.isEmpty() && queue.peek().nanos <= now && queue.peek().number <= last) {
            queue.remove().task.run();
        }
    }

    private record Timer(long nanos, long number, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }
}
