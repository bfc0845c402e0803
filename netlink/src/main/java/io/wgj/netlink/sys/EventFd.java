// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// A counter that is readable while it is not zero (eventfd(2)): one thread wakes another from `poll` with
/// it. Signalling and clearing allocate nothing; any thread may do either.
public final class EventFd implements AutoCloseable {
    /// `O_CLOEXEC` and `O_NONBLOCK`
    private static final int FLAGS = 0x80800;

    private final int descriptor;
    /// Eight bytes to add, and eight bytes for the value that is read.
    private final NativeMemory counter = NativeMemory.allocate(16);
    private volatile boolean closed;

    private EventFd(int descriptor) {
        this.descriptor = descriptor;
        counter.bytes().putLong(0, 1);
    }

    /// A new counter at zero.
    public static EventFd open() throws SystemException {
        return new EventFd(Libc.EVENTFD.call(0, FLAGS));
    }

    public int descriptor() {
        return descriptor;
    }

    /// Makes the counter readable. A full counter is readable already.
    public void signal() {
        int _ = Libc.WRITE.attempt(descriptor, counter.address(), 8);
    }

    /// Makes the counter unreadable until the next [#signal].
    public void clear() {
        int _ = Libc.READ.attempt(descriptor, counter.address() + 8, 8);
    }

    /// Call it when no thread uses the counter any more.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            counter.close();
        }
    }
}
