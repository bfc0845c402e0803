// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.OpenFile;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.Terminal;

/// A file of the system.
final class LinuxFile implements OpenFile {
    private static final int NONBLOCKING = NativeFile.O_RDONLY | NativeFile.O_NONBLOCK | NativeFile.O_NOCTTY;
    private final NativeFile file;
    private boolean anythingRead;

    private LinuxFile(NativeFile file) {
        this.file = file;
    }

    static OpenFile open(String path) throws FileException {
        try {
            FileStatus status = NativeFile.status(path);
            if (status.isRegular() || status.isDirectory()) {
                // Also of a file that was just replaced by a FIFO, and of /proc/kmsg, which waits for messages.
                return new LinuxFile(NativeFile.open(path, NONBLOCKING, 0));
            }
            if (!status.isNullDevice() && !isOpenAlready(path)) {
                throw new FileException(Errno.EINVAL, kind(status));
            }
            NativeFile file = NativeFile.open(path, NONBLOCKING, 0);
            file.waitForData();
            return new LinuxFile(file);
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
    }

    /// Whether `path` names a descriptor of a process: what a shell gives for `<(command)`.
    private static boolean isOpenAlready(String path) {
        return path.equals("/dev/stdin")
                || path.startsWith("/dev/fd/")
                || path.startsWith("/proc/") && path.contains("/fd/");
    }

    private static String kind(FileStatus status) {
        if (status.isFifo()) {
            return "a FIFO";
        }
        return status.isSocket() ? "a socket" : "a device";
    }

    @Override
    public int read(byte[] into, int offset, int length) throws FileException {
        try {
            int count = file.read(into, offset, length);
            anythingRead |= count > 0;
            return count;
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
    }

    /// Whether `lseek` works: regular files and devices such as `/dev/null` have a position, pipes and terminals
    /// do not.
    @Override
    public boolean atStart() {
        if (anythingRead) {
            return false;
        }
        try {
            FileStatus status = file.status();
            return status.isRegular() || status.isCharacterDevice() && !Terminal.isTerminal(file.descriptor());
        } catch (SystemException _) {
            return false;
        }
    }

    @Override
    public FileFacts facts() throws FileException {
        try {
            FileStatus status = file.status();
            return new FileFacts(status.userId(), status.groupId(), status.mode());
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
