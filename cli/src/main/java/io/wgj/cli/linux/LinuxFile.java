// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.OpenFile;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.Terminal;

/// A file of the system.
final class LinuxFile implements OpenFile {
    /// `S_IFMT`, `S_IFCHR` (linux/stat.h).
    private static final int S_IFMT = 0170000;

    private static final int S_IFCHR = 0020000;

    private final NativeFile file;
    private boolean anythingRead;

    private LinuxFile(NativeFile file) {
        this.file = file;
    }

    static OpenFile open(String path) throws FileException {
        try {
            return new LinuxFile(NativeFile.open(path));
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
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

    /// What `lseek` would say: regular files and devices such as `/dev/null` have a position, pipes and terminals none.
    @Override
    public boolean atStart() {
        if (anythingRead) {
            return false;
        }
        try {
            FileStatus status = file.status();
            return status.isRegular() || (status.mode() & S_IFMT) == S_IFCHR && !Terminal.isTerminal(file.descriptor());
        } catch (SystemException _) {
            return false;
        }
    }

    @Override
    public FileFacts facts() throws FileException {
        try {
            FileStatus status = file.status();
            return new FileFacts(status.userId(), status.mode());
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
