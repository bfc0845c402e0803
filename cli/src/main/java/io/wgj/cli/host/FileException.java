// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// A file could not be opened or read, or is of a kind that is never read.
public final class FileException extends Exception {
    private static final long serialVersionUID = 1;
    private final int errno;
    private final String kind;

    /// @param errno the Linux error number
    public FileException(int errno) {
        this(errno, "");
    }

    /// @param errno the Linux error number
    /// @param kind what the file is, such as `a FIFO`, where that is why it is not read
    public FileException(int errno, String kind) {
        super("errno " + errno);
        this.errno = errno;
        this.kind = kind;
    }

    /// What the file is, such as `a FIFO`, where that is why it is not read; else empty.
    public String kind() {
        return kind;
    }

    /// The Linux error number.
    public int errno() {
        return errno;
    }
}
