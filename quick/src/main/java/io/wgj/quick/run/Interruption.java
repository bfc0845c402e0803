// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.ChildProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Handles INT, TERM and HUP during a run: ends the running command and makes the run roll back. The process
/// exits afterwards, with wg-quick's exit code. The JVM reports signals by its shutdown hooks, which delay
/// the exit.
final class Interruption implements AutoCloseable {
    /// wg-quick's exit code for every signal.
    static final int EXIT_CODE = 1;

    /// How long the process may take to exit once the run is over.
    private static final long MILLIS_TO_END = 10_000;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch came = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "interruption");
    private final Object watching = new Object();
    private @Nullable ChildProcess running;
    private final AtomicInteger ignored = new AtomicInteger();
    private boolean installed;

    /// An interruption that only [#come] causes.
    Interruption() {}

    /// Takes the process's signals until it is closed.
    static Interruption install() {
        Interruption interruption = new Interruption();
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
            interruption.installed = true;
        } catch (IllegalStateException _) {
            interruption.come();
        }
        return interruption;
    }

    private void hold() {
        come();
        try {
            finished.await();
            // The main thread has the exit code and the messages.
            Thread.sleep(MILLIS_TO_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /// A signal has come.
    void come() {
        came.countDown();
        endRunning();
    }

    private void endRunning() {
        synchronized (watching) {
            if (running != null && hasCome()) {
                running.end();
            }
        }
    }

    /// Sets the child process that a signal ends; null for none. Returns when no earlier child is being
    /// ended.
    void watch(@Nullable ChildProcess child) {
        synchronized (watching) {
            running = child;
            endRunning();
        }
    }

    /// Whether a signal has come that the run obeys.
    boolean hasCome() {
        return came.getCount() == 0 && ignored.get() == 0;
    }

    /// Ignores signals while the run rolls back. Every `true` needs a `false`; calls may be nested.
    void ignore(boolean begins) {
        ignored.addAndGet(begins ? 1 : -1);
    }

    /// Ends the run if a signal has come, without a message.
    void check() throws RunException {
        if (hasCome()) {
            throw new RunException(EXIT_CODE, List.of());
        }
    }

    /// Waits for a signal; returns whether it has come.
    boolean comesWithin(long milliseconds) {
        try {
            return came.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            come();
            return true;
        }
    }

    /// Waits, but returns at once when a signal comes.
    void pause(long milliseconds) throws RunException {
        try {
            if (ignored.get() > 0) {
                Thread.sleep(milliseconds);
            } else if (came.await(milliseconds, TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            come();
            check();
        }
    }

    /// The run is over, and nothing is left to undo.
    @Override
    public void close() {
        finished.countDown();
        if (installed) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process is exiting already, and the hook with it.
                installed = false;
            }
        }
    }
}
