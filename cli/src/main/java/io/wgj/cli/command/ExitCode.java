// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.FileException;
import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;

/// The exit codes of our own commands, and of any command with `--json`. wg's nine commands know 0 and 1
/// only.
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int MISUSED = 2;
    public static final int INVALID = 3;
    public static final int NOT_PERMITTED = 4;
    public static final int NOT_FOUND = 5;
    public static final int PENDING = 6;
    public static final int TIMED_OUT = 7;
    public static final int NO_MONITOR = 8;
    public static final int ROLLED_BACK = 9;
    public static final int PEER_DOWN = 10;

    /// What each code means to every command of ours.
    private static final String[] MEANINGS = {
        "done, or nothing to do",
        "failed",
        "misused",
        "configuration invalid",
        "not permitted",
        "no such interface, peer, table or file",
        "changes are pending",
        "timed out",
        "no monitor",
        "applied, then rolled back",
        "at least one peer is down, stale or still connecting",
    };

    private ExitCode() {}

    /// What `code` means.
    public static String meaning(int code) {
        return MEANINGS[code];
    }

    /// How many codes there are, from 0.
    public static int count() {
        return MEANINGS.length;
    }

    /// The code for a file that could not be opened or read.
    public static int of(FileException failure) {
        return switch (failure.errno()) {
            case Errno.EACCES, Errno.EPERM -> NOT_PERMITTED;
            case Errno.ENOENT, Errno.ENOTDIR -> NOT_FOUND;
            default -> FAILED;
        };
    }

    /// The code for a run that failed with one of wg-quick's codes: that of a hook, of ip(8), or of a shell
    /// that finds no resolvconf. They mean something else among ours, except 255, which is a table that does
    /// not exist.
    public static int ofRun(int code) {
        return code == 255 ? INVALID : FAILED;
    }

    /// The code for a plan that could not be made. It has one of wg-quick's codes, or one of ours.
    public static int ofPlan(int code) {
        return code == 2 || code == 127 || code == 255 ? ofRun(code) : code;
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
