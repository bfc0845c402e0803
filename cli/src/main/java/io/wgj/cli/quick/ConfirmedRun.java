// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.config.net.InterfaceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `--confirm`: what is done is rolled back unless the user confirms it in time. The tunnel may carry the
/// user's own terminal, whose end must not end the run. So a child in a session of its own does everything,
/// and this process only waits for it.
final class ConfirmedRun {
    private ConfirmedRun() {}

    /// In the foreground: starts the child and waits; the child's exit code.
    static int start(Invocation invocation) {
        // The interpreter that the launcher's first line names.
        List<String> words = new ArrayList<>(List.of(
                "/bin/bash",
                "-p",
                "--",
                Launcher.path(invocation),
                invocation.words().getFirst(),
                QuickOptions.DETACHED));
        words.addAll(invocation.arguments());
        invocation.host().flush();
        try {
            return invocation.host().quick().runHere(words);
        } catch (FileException failure) {
            invocation.report(
                    invocation.program() + ": " + invocation.launcher() + ": " + ErrorReport.sentence(failure.errno()));
            return ExitCode.FAILED;
        }
    }

    /// In the child: says how to keep what is done.
    static void announce(Invocation invocation, InterfaceName link, Duration time) {
        invocation.note("run `" + invocation.program() + " confirm " + link + "' within " + time.toSeconds()
                + " s to keep this; otherwise it is rolled back");
    }

    /// In the child, at the end: the exit code.
    ///
    /// @param stays whether it was confirmed
    static int exitCode(Arguments arguments, boolean stays) throws RefusalException {
        if (!stays && arguments.json()) {
            throw new RefusalException(
                    ExitCode.ROLLED_BACK,
                    List.of("not confirmed in time, or ended by a signal: rolled back"),
                    List.of());
        }
        return stays ? ExitCode.DONE : ExitCode.ROLLED_BACK;
    }
}
