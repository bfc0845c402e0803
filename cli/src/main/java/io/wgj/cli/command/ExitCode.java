// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.device.DeviceException;

/// The exit codes of our own words, and of any word with `--json`. The nine words of `wg` know 0 and 1 only.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int MISUSED = 2;
    public static final int INVALID = 3;
    public static final int NOT_PERMITTED = 4;
    public static final int NOT_FOUND = 5;
    public static final int PENDING = 6;
    public static final int ROLLED_BACK = 9;

    private ExitCode() {}

    /// The code for a device that could not be read or changed.
    public static int of(DeviceException failure) {
        DeviceException.Reason reason = failure.reason();
        if (reason == DeviceException.Reason.NOT_PERMITTED) {
            return NOT_PERMITTED;
        }
        return reason == DeviceException.Reason.NOT_FOUND ? NOT_FOUND : FAILED;
    }
}
