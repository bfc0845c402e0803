// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Files;
import io.wgj.cli.host.OpenFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;

/// Files that hold one key, as `private-key` and `preshared-key` name them.
public final class KeyFile {
    private static final int KEY_CHARACTERS = 44;
    private static final String BAD_LENGTH = "Invalid length key in key file";

    private KeyFile() {}

    /// The 44 characters of the key; empty for an empty file, which means "no key". Only white space may follow
    /// them. An empty pipe is not an empty file: what should have written to it has failed.
    static String read(Files files, String path) throws RefusalException {
        try (OpenFile file = open(files, path)) {
            return read(file, path);
        }
    }

    /// Reads the key from an open file.
    ///
    /// @param path what messages call it
    public static String read(OpenFile file, String path) throws RefusalException {
        byte[] key = new byte[KEY_CHARACTERS];
        int count = fill(file, key, path);
        if (count == 0 && file.atStart()) {
            return "";
        }
        if (count < KEY_CHARACTERS) {
            throw new RefusalException(
                    BAD_LENGTH, path + ": a key has " + KEY_CHARACTERS + " characters, this has " + count);
        }
        refuseTrailing(file, path);
        return Latin1.of(key);
    }

    private static OpenFile open(Files files, String path) throws RefusalException {
        try {
            return files.open(path);
        } catch (FileException failure) {
            // A common mistake; the key must not end up in a log.
            String remark = PrivateKey.parseBase64(path).isPresent()
                    ? "(hidden): this is a key itself; give the path of a file that holds it"
                    : path + ": " + (failure.kind().isEmpty() ? "cannot be opened" : ErrorReport.sentence(failure));
            throw new RefusalException("fopen: " + ErrorReport.sentence(failure.errno()), remark);
        }
    }

    private static int fill(OpenFile file, byte[] key, String path) throws RefusalException {
        int count = 0;
        try {
            for (int more = 1; more > 0 && count < key.length; count += more) {
                more = file.read(key, count, key.length - count);
            }
            return count;
        } catch (FileException failure) {
            throw new RefusalException(BAD_LENGTH, path + ": cannot be read: " + ErrorReport.sentence(failure.errno()));
        }
    }

    private static void refuseTrailing(OpenFile file, String path) throws RefusalException {
        byte[] rest = new byte[1024];
        try {
            for (int count = file.read(rest, 0, rest.length); count > 0; count = file.read(rest, 0, rest.length)) {
                for (int i = 0; i < count; i++) {
                    char character = (char) (rest[i] & 0xff);
                    if (!Ascii.isSpace(character)) {
                        throw new RefusalException(
                                "Found trailing character in key file: `" + character + "'",
                                path + ": a key file holds " + KEY_CHARACTERS
                                        + " characters and white space after them");
                    }
                }
            }
        } catch (FileException _) {
            // The original treats a read error here as the end of the file.
        }
    }
}
