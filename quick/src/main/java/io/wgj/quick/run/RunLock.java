// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.UnwritableException;
import io.wgj.quick.plan.PlanException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A lock that ends with its process. Its file stays, because removing it would let two runs lock two files
/// of one name. The file names the process that holds the lock.
final class RunLock implements AutoCloseable {
    private static final int MODE = 0600;
    private static final long PAUSE_MILLIS = 5;
    /// The number of pauses after which the holder is looked up, again and again.
    private static final int PAUSES_BETWEEN_LOOKS = 20;
    /// The number of look-ups, about a second, after which the wait is reported.
    private static final int LOOKS_BEFORE_REPORT = 10;

    private final String path;
    private final @Nullable NativeFile file;

    private RunLock(String path, @Nullable NativeFile file) {
        this.path = path;
        this.file = file;
    }

    /// A lock that excludes no other run, for hosts where its file cannot be made.
    static RunLock none() {
        return new RunLock("", null);
    }

    /// Opens it without locking it.
    static RunLock open(String path) throws JournalException {
        try {
            return new RunLock(path, NativeFile.openNoFollow(path, NativeFile.O_RDWR | NativeFile.O_CREAT, MODE));
        } catch (SystemException e) {
            throw UnwritableException.of(path, e.errno());
        }
    }

    /// Takes the lock if no other process holds it; returns whether it has been taken.
    boolean tryAcquire() throws JournalException {
        NativeFile open = file;
        if (open == null) {
            return true;
        }
        try {
            boolean taken = open.tryLock();
            if (taken) {
                writeHolder(open);
            }
            return taken;
        } catch (SystemException e) {
            throw UnwritableException.of(path, e.errno());
        }
    }

    private static void writeHolder(NativeFile open) throws SystemException {
        Optional<LockHolder> self = LockHolder.self();
        if (self.isPresent()) {
            open.write(self.get().line());
        }
    }

    /// Waits for the lock. A wait of more than a second is reported.
    ///
    /// @throws PlanException when the holder waits for this process, because one of its hooks has started it
    void acquire(Interruption interruption, ProgressListener listener)
            throws JournalException, PlanException, RunException {
        Optional<LockHolder> ancestor = acquireUnlessAncestors(interruption, listener);
        if (ancestor.isPresent()) {
            throw new PlanException(
                    1,
                    "this command runs in a hook of " + ancestor.get() + ", which would wait for it for ever: a hook"
                            + " cannot run up, down or reload on its own interface");
        }
    }

    /// Waits for the lock, unless the holder waits for this process: then the holder is returned.
    Optional<LockHolder> acquireUnlessAncestors(Interruption interruption, ProgressListener listener)
            throws JournalException, RunException {
        NativeFile open = file;
        if (open == null) {
            return Optional.empty();
        }
        try {
            int pauses = 0;
            // Polls, because a wait in the kernel could not be interrupted.
            while (!open.tryLock()) {
                interruption.check();
                interruption.pause(PAUSE_MILLIS);
                pauses++;
                if (pauses % PAUSES_BETWEEN_LOOKS == 0) {
                    Optional<LockHolder> holder = LockHolder.read(path);
                    if (holder.isPresent() && holder.get().isAncestor()) {
                        return holder;
                    }
                    if (pauses == PAUSES_BETWEEN_LOOKS * LOOKS_BEFORE_REPORT) {
                        listener.remark("waiting for "
                                + (holder.isPresent() ? holder.get().toString() : "another process"));
                    }
                }
            }
            writeHolder(open);
            return Optional.empty();
        } catch (SystemException e) {
            throw UnwritableException.of(path, e.errno());
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
