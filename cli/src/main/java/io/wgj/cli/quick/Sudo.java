// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;

/// Becomes root as the original does: it becomes `sudo`, which runs the same command again.
final class Sudo {
    private Sudo() {}

    /// Whether this process is not root's.
    static boolean isNeeded(Invocation invocation) {
        return invocation.host().quick().userId() != 0;
    }

    /// Becomes `sudo`. Returns only when there is none: the exit code.
    static int become(Invocation invocation) {
        List<String> words = new ArrayList<>(List.of(
                "sudo",
                "-p",
                invocation.program() + " must be run as root. Please enter the password for %u to continue: ",
                "--",
                "/bin/bash",
                "--",
                Launcher.path(invocation)));
        words.addAll(invocation.words());
        FileException failure = invocation.host().quick().become(words);
        invocation.report(invocation.program() + ": sudo: " + ErrorReport.sentence(failure.errno()));
        invocation.remark(
                failure.errno() == Errno.EPERM
                        ? "it needs root; run the batch as root"
                        : "it needs root, and there is no sudo to ask for it; run it as root");
        // A shell's exit code for a command that it cannot find.
        return 127;
    }
}
