// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.cli.command.ExitCode;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import org.jspecify.annotations.Nullable;

/// A step of the demo that failed: the sentence to print, and the exit code.
final class DemoException extends Exception {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    DemoException(String sentence) {
        this(sentence, ExitCode.FAILED);
    }

    private DemoException(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    static DemoException of(@Nullable Throwable cause) {
        if (cause instanceof DemoException known) {
            return known;
        }
        boolean refused = cause instanceof SystemException system
                        && system.errno().is(Errno.EPERM)
                || cause instanceof NetlinkException netlink && netlink.errno().is(Errno.EPERM);
        if (refused) {
            return new DemoException(
                    "not permitted; the demo needs root, or CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_NET_RAW",
                    ExitCode.NOT_PERMITTED);
        }
        DemoException wrapped =
                new DemoException(cause == null ? "no reason given" : String.valueOf(cause.getMessage()));
        wrapped.initCause(cause);
        return wrapped;
    }

    int exitCode() {
        return exitCode;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
