// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wg pubkey`: the public key of a private one.
final class PubkeyCommand implements WgCommand {
    private static final int KEY_CHARACTERS = 44;
    private static final String BAD_KEY = "Key is not the correct length or format";

    @Override
    public String summary() {
        return "Reads a private key and prints its public key";
    }

    @Override
    public String usage() {
        return "";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("pubkey", this)
                .text("The private key is read from standard input.")
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .example("wgj pubkey <wg0.key", "Prints the public key that belongs to wg0.key")
                .buildOriginal();
    }

    @Override
    public int run(Invocation invocation) {
        if (invocation.words().size() != 1) {
            return misused(invocation);
        }
        String text = readKey(invocation);
        if (text.isEmpty()) {
            return 1;
        }
        Optional<PrivateKey> key = PrivateKey.parseBase64(text);
        if (key.isEmpty()) {
            return refuse(invocation, BAD_KEY);
        }
        invocation.out().append(key.get().publicKey().toBase64()).append('\n');
        return 0;
    }

    /// The 44 characters of standard input when only white space and NULs follow them; else empty, with the reason
    /// printed.
    private static String readKey(Invocation invocation) {
        InputStream in = invocation.host().in();
        try {
            byte[] text = in.readNBytes(KEY_CHARACTERS);
            if (text.length < KEY_CHARACTERS) {
                refuse(invocation, BAD_KEY);
                return "";
            }
            byte[] rest = new byte[4096];
            for (int count = in.read(rest); count > 0; count = in.read(rest)) {
                for (int i = 0; i < count; i++) {
                    if (rest[i] != 0 && !Ascii.isSpace((char) (rest[i] & 0xff))) {
                        refuse(invocation, "Trailing characters found after key");
                        return "";
                    }
                }
            }
            return Latin1.of(text);
        } catch (IOException _) {
            // A directory, or no standard input at all: as short as an empty one.
            refuse(invocation, BAD_KEY);
            return "";
        }
    }

    private static int refuse(Invocation invocation, String reason) {
        invocation.report(invocation.program() + ": " + reason);
        return 1;
    }
}
