// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs tasks at once in the calling thread, or later while a test holds them.
public final class DirectExecutor extends AbstractExecutorService {
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holds;
    private boolean ended;

    /// Keeps the tasks that come from now on.
    public void hold() {
        holds = true;
    }

    /// Runs the tasks that were kept.
    public void release() {
        holds = false;
        for (@Nullable Runnable task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (holds) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        ended = true;
        return List.copyOf(held);
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }
}
