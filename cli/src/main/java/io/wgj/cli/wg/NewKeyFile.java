// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;

/// `wgj genkey -o FILE` and `wgj genpsk -o FILE`: a new key in a new file that only its owner can read. An
/// existing file is never overwritten, and a failure leaves no file.
final class NewKeyFile {
    private static final int KEY_BYTES = 32;

    private NewKeyFile() {}

    /// Whether the words ask for a file. The original has no such option.
    static boolean isAskedFor(Invocation invocation) {
        return invocation.extended()
                && invocation.words().size() > 1
                && invocation.words().get(1).equals("-o");
    }

    /// Writes a private key, and prints its public key; the exit code.
    static int privateKey(Invocation invocation) {
        PrivateKey key = PrivateKey.fromRandom(invocation.host().random(KEY_BYTES));
        if (!write(invocation, key.toBase64())) {
            return ExitCode.FAILED;
        }
        invocation.out().append(key.publicKey().toBase64()).append('\n');
        if (!invocation.host().flush()) {
            String path = invocation.words().get(2);
            invocation.host().quick().remove(path);
            invocation.remark(path + ": removed again, because its public key could not be printed");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    /// Writes a preshared key; the exit code.
    static int presharedKey(Invocation invocation) {
        PresharedKey key = PresharedKey.of(invocation.host().random(KEY_BYTES));
        return write(invocation, key.toBase64()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean write(Invocation invocation, String key) {
        String command = invocation.words().getFirst();
        if (invocation.words().size() != 3) {
            WgCommands.misused(invocation, command);
            invocation.remark(
                    command + ": -o takes one file, as in `" + invocation.program() + " " + command + " -o FILE'");
            return false;
        }
        String path = invocation.words().get(2);
        try {
            invocation.host().quick().createNew(path, key + "\n");
            return true;
        } catch (FileException failure) {
            invocation.remark(
                    command + ": " + path + ": " + ErrorReport.sentence(failure.errno()) + "; no key was written");
            return false;
        }
    }
}
