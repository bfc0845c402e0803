// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// The monitor could not be asked.
public final class MonitorException extends Exception {
    private static final long serialVersionUID = 1;

    /// What a caller can act on.
    public enum Reason {
        /// No monitor serves this network namespace.
        NONE,
        /// This user may not connect.
        NOT_PERMITTED,
        /// The monitor has ended, or dropped the connection.
        ENDED,
        /// No reply came in time.
        SILENT,
        /// Anything else.
        FAILED
    }

    private final Reason reason;
    private final int errno;

    /// @param errno the Linux error number; 0 where there is none
    public MonitorException(Reason reason, int errno) {
        super(reason + " (errno " + errno + ")");
        this.reason = reason;
        this.errno = errno;
    }

    /// What a caller can act on.
    public Reason reason() {
        return reason;
    }

    /// The Linux error number; 0 where there is none.
    public int errno() {
        return errno;
    }
}
