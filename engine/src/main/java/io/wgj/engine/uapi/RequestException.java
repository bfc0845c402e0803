// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

/// A request is refused with an error number.
final class RequestException extends Exception {
    private static final long serialVersionUID = 1;
    private final int errno;

    /// @param errno positive
    /// @param message for the log; never a secret
    RequestException(int errno, String message) {
        super(message);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
