// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;

/// Remembers which provider was fastest on a machine: one line, `wgj-crypto 1 FINGERPRINT NAME`. After any
/// failure with the file, the choice is made by rule and not remembered.
final class ChoiceFile {
    private static final String BEGINNING = "wgj-crypto 1 ";
    private static final int LONGEST = 200;

    private final Path path;

    ChoiceFile(Path path) {
        this.path = path;
    }

    /// The name that was written under this fingerprint. The fingerprint is computed only when there is a
    /// file.
    Optional<String> read(Supplier<String> fingerprint) {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
                return Optional.empty();
            }
            String line = Files.readString(path, ISO_8859_1).strip();
            String expected = BEGINNING + fingerprint.get() + ' ';
            return line.startsWith(expected) ? Optional.of(line.substring(expected.length())) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Replaces the file atomically, so that another process never reads half a line.
    void write(String fingerprint, String name) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try {
            Path written = Files.createTempFile(folder, ".crypto", null);
            try {
                Files.writeString(written, BEGINNING + fingerprint + ' ' + name + '\n', ISO_8859_1);
                Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException _) {
            // The next start chooses by rule again.
        }
    }
}
