// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// A counter that is readable while it is not zero (eventfd(2)): how one thread wakes another out of `poll`.
/// Signalling and clearing allocate nothing; any thread may do either.
public final class EventFd implements AutoCloseable {
    /// `O_CLOEXEC` and `O_NONBLOCK`
    private static final int FLAGS = 0x80800;

    private final int descriptor;
    /// Eight bytes to add, and behind them eight to be overwritten by what was read.
    private final NativeMemory counter = NativeMemory.allocate(16);
    private volatile boolean closed;

    private EventFd(int descriptor) {
        this.descriptor = descriptor;
        counter.bytes().putLong(0, 1);
    }

    /// A new one, at zero.
    public static EventFd open() throws SystemException {
        return new EventFd(Libc.EVENTFD.call(0, FLAGS));
    }

    public int descriptor() {
        return descriptor;
    }

    /// Makes it readable. A counter that is full is readable already.
    public void signal() {
        int _ = Libc.WRITE.attempt(descriptor, counter.address(), 8);
    }

    /// Makes it unreadable until the next [#signal].
    public void clear() {
        int _ = Libc.READ.attempt(descriptor, counter.address() + 8, 8);
    }

    /// To be called when no thread uses it any more.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.CLOSE.raw(descriptor);
            counter.close();
        }
    }
}
