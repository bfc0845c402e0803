// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.KeyFileJson;
import io.wgj.config.key.PresharedKey;
import picocli.CommandLine.Model.CommandSpec;

/// `wg genpsk`: a new preshared key, printed or, with `-o`, in a new file.
final class GenpskCommand extends NewKeyCommand {
    @Override
    public String summary() {
        return "Prints a new preshared key";
    }

    @Override
    public CommandSpec spec() {
        return NewKeyFile.options(SpecBuilder.of("genpsk", this), "nothing")
                .text("The key is printed; set the umask to 077 before you redirect it to a file.")
                .example("wgj genpsk -o office.psk", "Writes a preshared key to office.psk")
                .build();
    }

    /// The words with `-o`, which the original does not know.
    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        String path = NewKeyFile.write(invocation, arguments, "genpsk", newKey(invocation));
        if (arguments.json()) {
            invocation.out().append(KeyFileJson.of(path, ""));
        }
        return ExitCode.DONE;
    }

    @Override
    String newKey(Invocation invocation) {
        return PresharedKey.of(invocation.host().random(NewKeyFile.KEY_BYTES)).toBase64();
    }
}
