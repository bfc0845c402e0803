// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.config.net.InterfaceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `--confirm`: what is done is rolled back unless the user confirms it in time. A tunnel one is logged in through may
/// take the terminal with it, so a child in a session of its own does it all, and this process, which the terminal may
/// end, only waits for it.
final class ConfirmedRun {
    /// What makes a process the child: an option that no help mentions.
    static final String CHILD = "--detached";

    private ConfirmedRun() {}

    /// In the foreground: the child's exit code.
    static int start(Invocation invocation, String launcher) {
        // As the launcher's first line says.
        List<String> words = new ArrayList<>(List.of(
                "/bin/bash",
                "-p",
                "--",
                Launcher.path(invocation, launcher),
                invocation.words().getFirst(),
                CHILD));
        words.addAll(invocation.arguments());
        invocation.host().flush();
        try {
            return invocation.host().quick().runHere(words);
        } catch (FileException failure) {
            invocation.report(invocation.program() + ": " + launcher + ": " + ErrorReport.sentence(failure.errno()));
            return ExitCode.FAILED;
        }
    }

    /// In the child, when all is done.
    static void announce(Invocation invocation, InterfaceName link, Duration time) {
        invocation.remark("run `" + invocation.program() + " confirm " + link + "' within " + time.toSeconds()
                + " s to keep this; otherwise it is rolled back");
    }

    /// In the child, when the trial is over.
    static int exitCode(boolean stays) {
        return stays ? ExitCode.DONE : ExitCode.ROLLED_BACK;
    }
}
