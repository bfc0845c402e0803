// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Descriptors to wait for until one is readable or has failed (poll(2)). For one thread; waiting allocates
/// nothing.
public final class PollSet implements AutoCloseable {
    private static final int POLLIN = 1;
    /// `struct pollfd`: 0 s32 fd, 4 s16 events, 6 s16 revents.
    private static final int SIZE = 8;

    private final NativeMemory entries;
    private final int count;

    /// @param descriptors negative ones keep their place but are not waited for
    public PollSet(int... descriptors) {
        count = descriptors.length;
        entries = NativeMemory.allocate(count * SIZE);
        for (int i = 0; i < count; i++) {
            entries.bytes().putInt(i * SIZE, descriptors[i]).putShort(i * SIZE + 4, (short) POLLIN);
        }
    }

    /// Waits until a descriptor is readable, has failed or was hung up.
    ///
    /// @param timeoutMillis -1 for no limit
    /// @return how many are ready; 0 when the time has passed
    public int await(int timeoutMillis) {
        return Math.max(0, Libc.POLL.attempt(entries.address(), count, timeoutMillis));
    }

    /// Whether the last wait found the descriptor with this place ready.
    public boolean isReady(int place) {
        return entries.bytes().getShort(place * SIZE + 6) != 0;
    }

    @Override
    public void close() {
        entries.close();
    }
}
