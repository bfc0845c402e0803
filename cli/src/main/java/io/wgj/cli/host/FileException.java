// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// A file that could not be opened or read.
public final class FileException extends Exception {
    private static final long serialVersionUID = 1;
    private final int errno;

    /// @param errno the Linux error number
    public FileException(int errno) {
        super("errno " + errno);
        this.errno = errno;
    }

    /// The Linux error number.
    public int errno() {
        return errno;
    }
}
