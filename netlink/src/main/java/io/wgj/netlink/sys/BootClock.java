// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// The time since the machine was started, sleep included (`CLOCK_BOOTTIME`, clock_gettime(2)). The JVM's own
/// clock stands still while the machine sleeps.
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /// `struct timespec`: seconds and nanoseconds, eight bytes each.
    private static final int TIMESPEC_SIZE = 16;

    private static final ThreadLocal<NativeMemory> TIMESPEC =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(TIMESPEC_SIZE));

    private BootClock() {}

    /// Nanoseconds; any thread. Allocates on a thread's first call only.
    public static long nanos() {
        NativeMemory timespec = TIMESPEC.get();
        Libc.CLOCK_GETTIME.raw(CLOCK_BOOTTIME, timespec.address());
        return timespec.bytes().getLong(0) * NANOS_PER_SECOND + timespec.bytes().getLong(8);
    }
}
