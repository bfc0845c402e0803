// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.trials;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerService;
import io.wgj.quick.run.OverdueTrials.Overdue;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Looks every five seconds for an `up --confirm` or `reload --confirm` that was not confirmed in time and
/// whose process was killed. The tunnel of an `up` goes down, with its hooks. A `reload` is undone, without hooks.
/// Where the device before it could not be kept, it is only reported.
public final class TrialService implements PeerService {
    private static final long PAUSE = 5_000_000_000L;
    private static final long SECONDS_TO_END = 5;

    private final Trials trials;
    private final MonitorContext monitor;
    private final ExecutorService thread;
    /// The runs that have been reported and cannot be rolled back.
    private final Set<Overdue> reported = new HashSet<>();

    public TrialService(Trials trials, MonitorContext monitor) {
        this(
                trials,
                monitor,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("trials").factory()));
    }

    TrialService(Trials trials, MonitorContext monitor, ExecutorService thread) {
        this.trials = trials;
        this.monitor = monitor;
        this.thread = thread;
        next();
    }

    private void next() {
        monitor.at(monitor.bootNanos() + PAUSE, () -> {
            if (!thread.isShutdown()) {
                thread.execute(() -> look());
            }
        });
    }

    /// Runs in the service's thread, as everything below.
    private void look() {
        try {
            for (Overdue overdue : trials.find()) {
                handle(overdue);
            }
        } catch (IOException | RuntimeException _) {
            // The journals cannot be listed now; they are looked at again.
        }
        monitor.execute(() -> next());
    }

    private void handle(Overdue overdue) {
        DeviceName name = new DeviceName(overdue.link().text());
        if (!overdue.canBeRolledBack()) {
            report(
                    name,
                    overdue,
                    "`reload --confirm' was not confirmed in time, and its process is gone. It cannot be rolled back without"
                            + " the earlier file: `wgj-quick reload' it, or `wgj-quick down "
                            + name.text() + "'");
            return;
        }
        try {
            for (String sentence : trials.rollBack(overdue)) {
                monitor.execute(() -> monitor.report(EventKind.MESSAGE, name, sentence));
            }
        } catch (IOException e) {
            report(
                    name,
                    overdue,
                    (overdue.reload() ? "`reload" : "`up")
                            + " --confirm' was not confirmed in time, and could not be rolled back: " + e.getMessage()
                            + "; `wgj-quick " + (overdue.reload() ? "reload " : "down ") + name.text()
                            + "' tries again");
        }
    }

    private void report(DeviceName name, Overdue overdue, String sentence) {
        if (reported.add(overdue)) {
            monitor.execute(() -> monitor.report(EventKind.MESSAGE, name, sentence));
        }
    }

    /// Lets a rollback that goes on come to its end.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
