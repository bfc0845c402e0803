// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.ChildProcess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// INT, TERM and HUP during a run: the command that runs is ended, the run undoes what it did, and only then
/// does the process end, with wg-quick's exit code. The JVM tells of signals by its shutdown hooks, which hold
/// the end back.
final class Interruption implements AutoCloseable {
    /// What wg-quick ends with, whatever the signal.
    static final int EXIT_CODE = 1;

    /// How long the process has to end by itself once the run is over.
    private static final long MILLIS_TO_END = 10_000;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch came = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "interruption");
    private final Object watching = new Object();
    private @Nullable ChildProcess running;
    private final AtomicInteger ignored = new AtomicInteger();
    private boolean installed;

    /// One that only [#come] brings about.
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
            // The main thread knows the exit code, and what there is to say.
            Thread.sleep(MILLIS_TO_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /// The signal is here.
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

    /// Takes `child` to be ended with the run; null for none any more. Returns when nothing of the one before is
    /// being ended.
    void watch(@Nullable ChildProcess child) {
        synchronized (watching) {
            running = child;
            endRunning();
        }
    }

    private boolean hasCome() {
        return came.getCount() == 0 && ignored.get() == 0;
    }

    /// Whether the run goes on as if nothing had come: while it takes back what it did. Each beginning has its end;
    /// they nest.
    void ignore(boolean begins) {
        ignored.addAndGet(begins ? 1 : -1);
    }

    /// Ends the run if the signal has come. The user knows why, so it says nothing.
    void check() throws RunException {
        if (hasCome()) {
            throw new RunException(EXIT_CODE, List.of());
        }
    }

    /// Waits up to so long; whether the signal has come.
    boolean comesWithin(long milliseconds) {
        try {
            return came.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            come();
            return true;
        }
    }

    /// Waits, but not on when the signal comes.
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

    /// The run is over, and nothing is left to be undone.
    @Override
    public void close() {
        finished.countDown();
        if (installed) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process is ending already, and the hook with it.
                installed = false;
            }
        }
    }
}
