// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.Host;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// `genkey`, `genpsk` and `pubkey`: keys in and out of base64, no device.
final class KeyCommands {
    private static final int KEY_BYTES = 32;
    private static final int KEY_CHARACTERS = 44;
    /// `S_IRWXO` (linux/stat.h).
    private static final int S_IRWXO = 7;

    private static final String BAD_KEY = "Key is not the correct length or format";

    private KeyCommands() {}

    static int genkey(Invocation invocation) {
        if (NewKeyFile.isAskedFor(invocation)) {
            return NewKeyFile.privateKey(invocation);
        }
        if (invocation.words().size() != 1) {
            return WgCommands.misused(invocation, "genkey");
        }
        warnIfWorldAccessible(invocation);
        PrivateKey key = PrivateKey.fromRandom(invocation.host().random(KEY_BYTES));
        invocation.out().append(key.toBase64()).append('\n');
        return 0;
    }

    static int genpsk(Invocation invocation) {
        if (NewKeyFile.isAskedFor(invocation)) {
            return NewKeyFile.presharedKey(invocation);
        }
        if (invocation.words().size() != 1) {
            return WgCommands.misused(invocation, "genpsk");
        }
        warnIfWorldAccessible(invocation);
        PresharedKey key = PresharedKey.of(invocation.host().random(KEY_BYTES));
        invocation.out().append(key.toBase64()).append('\n');
        return 0;
    }

    static int pubkey(Invocation invocation) {
        if (invocation.words().size() != 1) {
            return WgCommands.misused(invocation, "pubkey");
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

    private static void warnIfWorldAccessible(Invocation invocation) {
        int mode = invocation.host().stdoutMode();
        if ((mode & Host.S_IFMT) == Host.S_IFREG && (mode & S_IRWXO) != 0) {
            invocation.report("Warning: writing to world accessible file.");
            invocation.report("Set the umask to 077 first, then others cannot read the key.");
        }
    }
}
