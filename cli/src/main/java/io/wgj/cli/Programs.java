// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.quick.QuickCommands;
import io.wgj.cli.wg.WgCommands;

/// Which table of commands answers an invocation. Each table is named in one place, so that its classes are loaded
/// only when it is used.
public final class Programs {
    private Programs() {}

    /// Runs `invocation`; the exit code.
    public static int run(Invocation invocation) {
        InvokedAs invokedAs = invocation.invokedAs();
        if (invokedAs == InvokedAs.WG) {
            return WgCommands.runOriginal(invocation);
        }
        if (invokedAs == InvokedAs.WGJ) {
            int code = WgCommands.run(invocation);
            return code == WgCommands.UNKNOWN ? new WgjCommands().run(invocation) : code;
        }
        return QuickCommands.run(invocation);
    }
}
