// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.KeyFileJson;
import io.wgj.config.key.PrivateKey;
import picocli.CommandLine.Model.CommandSpec;

/// `wg genkey`: a new private key, printed or, with `-o`, in a new file.
final class GenkeyCommand extends NewKeyCommand {
    @Override
    public String summary() {
        return "Prints a new private key";
    }

    @Override
    public CommandSpec spec() {
        return NewKeyFile.options(SpecBuilder.of("genkey", this), "the new file's public key")
                .text("The key is printed; set the umask to 077 before you redirect it to a file.")
                .example("wgj genkey -o wg0.key", "Writes a key to wg0.key and prints its public key")
                .example("(umask 077; wgj genkey >wg0.key)", "Writes a key to wg0.key, as with wg")
                .build();
    }

    /// The words with `-o`, which the original does not know.
    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        PrivateKey key = key(invocation);
        String path = NewKeyFile.write(invocation, arguments, "genkey", key.toBase64());
        String publicKey = key.publicKey().toBase64();
        if (arguments.json()) {
            invocation.out().append(KeyFileJson.of(path, publicKey));
        } else if (!arguments.quiet()) {
            invocation.out().append(publicKey).append('\n');
        }
        if (!invocation.host().flush()) {
            invocation.host().quick().remove(path);
            invocation.remark(path + ": removed again, because its public key could not be printed");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    @Override
    String newKey(Invocation invocation) {
        return key(invocation).toBase64();
    }

    private static PrivateKey key(Invocation invocation) {
        return PrivateKey.fromRandom(invocation.host().random(NewKeyFile.KEY_BYTES));
    }
}
