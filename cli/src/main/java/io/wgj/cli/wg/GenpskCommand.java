// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.KeyFileJson;
import io.wgj.config.key.PresharedKey;
import picocli.CommandLine.Model.CommandSpec;

/// `wg genpsk`: a new preshared key, printed or, with `-o`, in a new file.
final class GenpskCommand implements WgCommand, OwnCommand {
    @Override
    public String summary() {
        return "Prints a new preshared key";
    }

    @Override
    public String usage() {
        return "";
    }

    @Override
    public CommandSpec spec() {
        return NewKeyFile.options(SpecBuilder.of("genpsk", this), "nothing")
                .text("The key is printed; set the umask to 077 before you redirect it to a file.")
                .example("wgj genpsk -o office.psk", "Writes a preshared key to office.psk")
                .build();
    }

    @Override
    public int run(Invocation invocation) {
        if (NewKeyFile.isAskedFor(invocation)) {
            return CommandRun.run(this, invocation);
        }
        if (invocation.words().size() != 1) {
            return misused(invocation);
        }
        NewKeyFile.warnIfWorldAccessible(invocation);
        invocation.out().append(key(invocation).toBase64()).append('\n');
        return 0;
    }

    /// The words with `-o`, which the original does not know.
    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        String path = NewKeyFile.write(
                invocation, arguments, "genpsk", key(invocation).toBase64());
        if (arguments.json()) {
            invocation.out().append(KeyFileJson.of(path, ""));
        }
        return ExitCode.DONE;
    }

    @Override
    public boolean hasOriginalCodes() {
        return true;
    }

    private static PresharedKey key(Invocation invocation) {
        return PresharedKey.of(invocation.host().random(NewKeyFile.KEY_BYTES));
    }
}
