// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.List;

/// A command whose words picocli parses by its [#spec]: our own commands, and our own options of an original's
/// command. [CommandRun] runs it.
public interface OwnCommand extends Command {
    /// Does what `arguments` ask for.
    ///
    /// @return the exit code
    /// @throws MisuseException when the words do not fit together; nothing was done
    /// @throws RefusalException when it failed, with every line to print
    int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException;

    /// Whether the command ends with the original's exit codes, as long as `--json` is not given.
    default boolean hasOriginalCodes() {
        return false;
    }

    /// Whether the command can be one of many in a process: it ends by itself, and nothing of it stays behind.
    ///
    /// @param words after the command's name
    default boolean runsInBatch(List<String> words) {
        return true;
    }

    /// Called last, with the exit code, also after a misuse or a failure.
    default void ended(Invocation invocation, int code) {}
}
