// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.demo.Demo;
import io.wgj.cli.help.WgjCommands;
import io.wgj.cli.json.JsonShow;
import io.wgj.cli.quick.QuickCommands;
import io.wgj.cli.wg.WgCommands;

/// Which program answers a call. The rarer ones are named in one place each, so that their classes are loaded only when
/// they are called.
public final class Programs {
    private Programs() {}

    /// Runs `call`; the exit code.
    public static int run(Invocation invocation) {
        InvokedAs invokedAs = invocation.invokedAs();
        if (invokedAs == InvokedAs.WG) {
            return WgCommands.runOriginal(invocation);
        }
        if (invokedAs == InvokedAs.WGJ) {
            return runWgj(invocation);
        }
        return QuickCommands.run(invocation);
    }

    private static int runWgj(Invocation invocation) {
        if (JsonShow.isAskedFor(invocation.words())) {
            return new JsonShow(invocation).run();
        }
        int code = WgCommands.run(invocation);
        if (code != WgCommands.UNKNOWN) {
            return code;
        }
        boolean demo =
                !invocation.words().isEmpty() && invocation.words().getFirst().equals("demo");
        return demo ? Demo.run(invocation) : WgjCommands.run(invocation);
    }
}
