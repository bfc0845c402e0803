// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;

/// Finds the script that started this process, to start it again.
public final class Launcher {
    private static final int EXECUTABLE = 0111;

    private Launcher() {}

    /// Its path; the word that was typed when it cannot be found.
    public static String path(Invocation invocation) {
        String launcher = invocation.launcher();
        if (launcher.indexOf('/') >= 0) {
            return launcher;
        }
        String path = invocation.host().env("PATH");
        for (String folder : path == null ? new String[0] : path.split(":", -1)) {
            String candidate = (folder.isEmpty() ? "." : folder) + "/" + launcher;
            try {
                if ((invocation.host().quick().facts(candidate).mode() & EXECUTABLE) != 0) {
                    return candidate;
                }
            } catch (FileException _) {
                // Not here.
            }
        }
        return launcher;
    }
}
