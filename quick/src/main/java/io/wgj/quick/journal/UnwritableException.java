// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.sys.Errno;

/// A journal or lock cannot be written because the file system or the rights of this process do not allow it.
/// A run goes on without a journal then.
public final class UnwritableException extends JournalException {
    private static final long serialVersionUID = 1;

    private UnwritableException(String message) {
        super(message);
    }

    /// The failure of writing to `path`; of this class if a container or a full disk causes it.
    public static JournalException of(String path, Errno errno) {
        String message = path + ": " + errno.sentence();
        boolean unwritable = errno.is(Errno.EROFS)
                || errno.is(Errno.EACCES)
                || errno.is(Errno.EPERM)
                || errno.is(Errno.ENOENT)
                || errno.is(Errno.ENOSPC)
                || errno.is(Errno.EDQUOT);
        return unwritable ? new UnwritableException(message) : new JournalException(message);
    }
}
