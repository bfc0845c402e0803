// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// A failed system call: its function and its error number.
public final class SystemException extends Exception {
    private static final long serialVersionUID = 1;
    private final String operation;
    private final transient Errno errno;

    /// @param operation the C function
    public SystemException(String operation, Errno errno) {
        this.operation = operation;
        this.errno = errno;
    }

    SystemException(String operation, int errno) {
        this(operation, new Errno(errno));
    }

    /// The C function that failed, such as `connect`.
    public String operation() {
        return operation;
    }

    /// The error number.
    public Errno errno() {
        return errno;
    }

    @Override
    public String getMessage() {
        return operation + ": " + errno;
    }
}
