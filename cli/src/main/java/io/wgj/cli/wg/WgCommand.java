// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Command;
import io.wgj.cli.command.Invocation;

/// One of wg's nine commands. It reads its words as the original does, and never loads picocli for them.
public interface WgCommand extends Command {
    /// What the original's usage line has after the command's name; empty for a command that takes no words.
    String usage();

    /// Runs the command; the exit code.
    int run(Invocation invocation);

    /// Prints the original's usage line; the exit code of a misuse.
    default int misused(Invocation invocation) {
        String name = invocation.words().getFirst();
        invocation
                .host()
                .err("Usage: " + invocation.program() + " " + name + (usage().isEmpty() ? "" : " ") + usage() + "\n");
        return 1;
    }

    /// The original's usage line with the words that all texts of ours have for a file and an interface.
    default String synopsis() {
        return usage().replace("<interface>", "INTERFACE")
                .replace("<configuration filename>", "FILE")
                .replace("<file path>", "FILE")
                .replace("{ ", "[")
                .replace(" }", "]");
    }
}
