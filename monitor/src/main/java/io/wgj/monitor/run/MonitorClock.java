// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.netlink.sys.BootClock;
import java.time.Instant;

/// The two clocks of the monitor. Everything it decides depends on the first; the second is for people.
public interface MonitorClock {
    /// CLOCK_BOOTTIME in nanoseconds: it goes on while the host sleeps, and cannot be set.
    long bootNanos();

    /// The wall clock, which may be set at any time.
    Instant wall();

    /// The clocks of this host.
    MonitorClock SYSTEM = new MonitorClock() {
        @Override
        public long bootNanos() {
            return BootClock.nanos();
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    };
}
