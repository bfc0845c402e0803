// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.Clock;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.Waiter;
import java.util.function.Supplier;

/// The loop of an I/O thread: works while there is something to do, else sleeps until its descriptors are
/// ready.
public final class IoLoop implements Runnable {
    private final Supplier<Path> paths;
    private final Waiter waiter;
    private final Clock clock;
    private final ThreadCounters counters;
    private final InternalErrors errors;
    private final Runnable onLinkGone;
    private volatile boolean stopping;

    /// @param paths makes the path, and a new one after an exception
    /// @param onLinkGone called once, from the loop's thread, when the TUN was deleted; the loop has ended
    ///     then
    public IoLoop(
            Supplier<Path> paths,
            Waiter waiter,
            Clock clock,
            ThreadCounters counters,
            InternalErrors errors,
            Runnable onLinkGone) {
        this.paths = paths;
        this.waiter = waiter;
        this.clock = clock;
        this.counters = counters;
        this.errors = errors;
        this.onLinkGone = onLinkGone;
    }

    /// Any thread: makes the loop end soon.
    public void stop() {
        stopping = true;
        waiter.wake();
    }

    @Override
    public void run() {
        Path path = paths.get();
        while (!stopping) {
            try {
                if (!path.run(clock.bootNanos())) {
                    waiter.await(-1);
                    counters.wokeUp();
                }
            } catch (TunClosedException _) {
                onLinkGone.run();
                return;
            } catch (RuntimeException failure) {
                // The packets in hand are lost. A new path has none of the state that the exception may have
                // damaged.
                path = paths.get();
                errors.recovered(failure);
            }
        }
    }
}
