// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.OwnCommand;

/// A command that makes a key. Without words it is wg's, and prints the key. With `-o` it is ours, and writes the
/// key to a new file.
abstract class NewKeyCommand implements WgCommand, OwnCommand {
    /// A new key, in base64.
    abstract String newKey(Invocation invocation);

    @Override
    public final String usage() {
        return "";
    }

    @Override
    public final boolean hasOriginalCodes() {
        return true;
    }

    @Override
    public final int run(Invocation invocation) {
        if (NewKeyFile.isAskedFor(invocation)) {
            return CommandRun.run(this, invocation);
        }
        if (invocation.words().size() != 1) {
            return misused(invocation);
        }
        NewKeyFile.warnIfWorldAccessible(invocation);
        invocation.out().append(newKey(invocation)).append('\n');
        return 0;
    }
}
