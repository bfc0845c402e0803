// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;

/// A lock that goes with the process, however it ends. Its file stays: to remove it would let two runs lock two
/// files of one name.
final class RunLock implements AutoCloseable {
    private static final int MODE = 0600;
    private static final long PAUSE_MILLIS = 5;

    private final String path;
    private final NativeFile file;

    private RunLock(String path, NativeFile file) {
        this.path = path;
        this.file = file;
    }

    /// Opens it without locking it.
    static RunLock open(String path) throws JournalException {
        try {
            return new RunLock(path, NativeFile.openNoFollow(path, NativeFile.O_WRONLY | NativeFile.O_CREAT, MODE));
        } catch (SystemException e) {
            throw new JournalException(path + ": " + e.errno().sentence());
        }
    }

    /// Waits for it. Asks again and again rather than sleeping in the kernel, where nobody could interrupt it.
    void acquire(Interruption interruption) throws JournalException, RunException {
        try {
            while (!file.tryLock()) {
                interruption.check();
                interruption.pause(PAUSE_MILLIS);
            }
        } catch (SystemException e) {
            throw new JournalException(path + ": " + e.errno().sentence());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
