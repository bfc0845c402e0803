// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.FileException;
import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;

/// The exit codes of our own words, and of any word with `--json`. The nine words of `wg` know 0 and 1 only.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int MISUSED = 2;
    public static final int INVALID = 3;
    public static final int NOT_PERMITTED = 4;
    public static final int NOT_FOUND = 5;
    public static final int PENDING = 6;
    public static final int TIMED_OUT = 7;
    public static final int ROLLED_BACK = 9;

    private ExitCode() {}

    /// The code for a file that could not be opened or read.
    public static int of(FileException failure) {
        return switch (failure.errno()) {
            case Errno.EACCES, Errno.EPERM -> NOT_PERMITTED;
            case Errno.ENOENT, Errno.ENOTDIR -> NOT_FOUND;
            default -> FAILED;
        };
    }

    /// The code for a run of ours that failed with one of wg-quick's codes: those of ip(8) (2) and of a shell
    /// that finds no resolvconf (127) mean something else among ours, and 255 is a table that does not exist.
    public static int ofRun(int code) {
        return switch (code) {
            case 255 -> INVALID;
            case 2, 127 -> FAILED;
            default -> code;
        };
    }

    /// The code for a device that could not be read or changed.
    public static int of(DeviceException failure) {
        DeviceException.Reason reason = failure.reason();
        if (reason == DeviceException.Reason.NOT_PERMITTED) {
            return NOT_PERMITTED;
        }
        return reason == DeviceException.Reason.NOT_FOUND ? NOT_FOUND : FAILED;
    }
}
