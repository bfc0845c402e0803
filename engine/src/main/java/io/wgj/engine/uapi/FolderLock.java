// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.util.concurrent.locks.LockSupport;

/// The folder of sockets, locked against other wgj processes. Network namespaces share the folder: two
/// engines of the same name that find a dead socket must not remove each other's new one.
final class FolderLock implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;
    /// The lock is held for microseconds. Any process that may read the folder can lock it, and must not stop
    /// engines for ever.
    private static final int MOST_TRIES = 2_000;

    private final NativeFile folder;
    private final boolean held;

    private FolderLock(NativeFile folder, boolean held) {
        this.folder = folder;
        this.held = held;
    }

    /// Waits up to two seconds for the lock.
    static FolderLock of(String folder) throws SystemException {
        NativeFile opened = NativeFile.open(folder);
        try {
            boolean held = opened.tryLock();
            for (int tries = 1; !held && tries < MOST_TRIES; tries++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                held = opened.tryLock();
            }
            return new FolderLock(opened, held);
        } catch (SystemException e) {
            opened.close();
            throw e;
        }
    }

    /// Whether no other wgj process creates or removes a socket until [#close()].
    boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        folder.close();
    }
}
