// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.engine.core.Clock;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.io.OperatorLog;
import io.wgj.engine.io.Waiter;

/// The loop of CONTROL: handles handshakes and timers, and sleeps until the next timer is due.
final class ControlLoop implements Runnable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /// Suspended time does not count for a waiting thread, but it counts for a session's age. So the loop
    /// looks at the timers once a minute at least.
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final DeviceCore core;
    private final Waiter waiter;
    private final Clock clock;
    private final OperatorLog operatorLog;
    private volatile boolean stopping;

    ControlLoop(DeviceCore core, Waiter waiter, Clock clock, OperatorLog operatorLog) {
        this.core = core;
        this.waiter = waiter;
        this.clock = clock;
        this.operatorLog = operatorLog;
    }

    /// Any thread: makes the loop end soon.
    void stop() {
        stopping = true;
        waiter.wake();
    }

    @Override
    public void run() {
        boolean reported = false;
        while (!stopping) {
            try {
                long now = clock.bootNanos();
                long wait = millisUntil(core.control(now), now);
                if (wait > 0) {
                    waiter.await((int) wait);
                }
            } catch (RuntimeException failure) {
                if (!reported) {
                    reported = true;
                    operatorLog.report(InternalErrors.sentence(failure));
                }
                // A failure that repeats must not become a busy loop.
                waiter.await(1);
            }
        }
    }

    /// Rounded up: a timer that is looked at too early must be looked at again.
    private static long millisUntil(long next, long now) {
        if (next <= now) {
            return 0;
        }
        long nanos = next - now;
        return nanos >= LONGEST_WAIT_MILLIS * NANOS_PER_MILLI
                ? LONGEST_WAIT_MILLIS
                : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    }
}
