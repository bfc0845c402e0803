// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.FileException;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;

/// `wgj genkey -o FILE` and `wgj genpsk -o FILE`: a new key in a new file that only its owner can read. An
/// existing file is never overwritten, and a failure leaves no file.
final class NewKeyFile {
    private static final int KEY_BYTES = 32;

    private NewKeyFile() {}

    /// Whether the words ask for a file. The original has no such option.
    static boolean isAskedFor(Call call) {
        return call.extended() && call.words().size() > 1 && call.words().get(1).equals("-o");
    }

    /// Writes a private key, and prints its public key; the exit code.
    static int privateKey(Call call) {
        PrivateKey key = PrivateKey.fromRandom(call.host().random(KEY_BYTES));
        if (!write(call, key.toBase64())) {
            return ExitCode.FAILED;
        }
        call.out().append(key.publicKey().toBase64()).append('\n');
        if (!call.host().flush()) {
            String path = call.words().get(2);
            call.host().quick().remove(path);
            call.add(path + ": removed again, because its public key could not be printed");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    /// Writes a preshared key; the exit code.
    static int presharedKey(Call call) {
        PresharedKey key = PresharedKey.of(call.host().random(KEY_BYTES));
        return write(call, key.toBase64()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean write(Call call, String key) {
        String command = call.words().getFirst();
        if (call.words().size() != 3) {
            WgWords.misused(call, command);
            call.add(command + ": -o takes one file, as in `" + call.program() + " " + command + " -o FILE'");
            return false;
        }
        String path = call.words().get(2);
        try {
            call.host().quick().createNew(path, key + "\n");
            return true;
        } catch (FileException failure) {
            call.add(command + ": " + path + ": " + ErrorReport.sentence(failure.errno()) + "; no key was written");
            return false;
        }
    }
}
