// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import io.wgj.config.net.DeviceName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Keeps the jobs of each interface in order and runs one at a time of each. For the monitor's thread alone,
/// which never waits here: jobs run on other threads.
public final class HookQueue {
    private final Consumer<HookJob> work;
    private final Executor threads;
    private final Executor monitor;
    private final Map<DeviceName, Deque<HookJob>> waiting = new LinkedHashMap<>();
    private final Map<DeviceName, HookJob> running = new HashMap<>();
    private final List<HookJob> starting = new ArrayList<>();

    /// @param work runs a job to its end
    /// @param threads where jobs run
    /// @param monitor runs tasks on the monitor's thread
    public HookQueue(Consumer<HookJob> work, Executor threads, Executor monitor) {
        this.work = work;
        this.threads = threads;
        this.monitor = monitor;
    }

    /// Adds a job behind the others of its interface.
    public void add(HookJob job) {
        waiting.computeIfAbsent(job.iface(), _ -> new ArrayDeque<>()).addLast(job);
    }

    /// Takes the next job of each interface that has none running. They start with [#start]; until then the
    /// caller can record that they are not waiting any more, so that no job runs twice.
    ///
    /// @return whether there is any
    public boolean take() {
        waiting.forEach((iface, jobs) -> {
            if (!running.containsKey(iface)) {
                HookJob job = jobs.removeFirst();
                running.put(iface, job);
                starting.add(job);
            }
        });
        waiting.values().removeIf(Deque::isEmpty);
        return !starting.isEmpty();
    }

    /// Starts the jobs that were taken.
    public void start() {
        List<HookJob> now = List.copyOf(starting);
        starting.clear();
        for (HookJob job : now) {
            threads.execute(() -> {
                try {
                    work.accept(job);
                } finally {
                    monitor.execute(() -> running.remove(job.iface()));
                }
            });
        }
    }

    /// The jobs that have not been taken, in their order.
    public List<HookJob> waiting() {
        List<HookJob> jobs = new ArrayList<>();
        waiting.values().forEach(jobs::addAll);
        return jobs;
    }
}
