// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.host.FileException;
import java.util.ArrayList;
import java.util.List;

/// Becoming root as the original does it: by becoming `sudo`, which runs the same command again.
final class Sudo {
    private Sudo() {}

    /// Whether the call goes on; else what it ends with is [#become]'s.
    static boolean isNeeded(Call call) {
        return call.host().quick().userId() != 0;
    }

    /// Returns only when there is no sudo: the exit code.
    ///
    /// @param launcher the program as it was called: a path, or a name to be found in `PATH`
    static int become(Call call, String launcher) {
        List<String> words = new ArrayList<>(List.of(
                "sudo",
                "-p",
                call.program() + " must be run as root. Please enter the password for %u to continue: ",
                "--",
                "/bin/bash",
                "--",
                Launcher.path(call, launcher)));
        words.addAll(call.words());
        FileException failure = call.host().quick().become(words);
        call.say(call.program() + ": sudo: " + ErrorReport.sentence(failure.errno()));
        call.add("it needs root, and there is no sudo to ask for it; run it as root");
        // What a shell answers for a command that it cannot find.
        return 127;
    }
}
