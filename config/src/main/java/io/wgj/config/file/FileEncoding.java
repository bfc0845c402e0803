// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;
import java.util.Optional;

/// Finds what makes a file unfit to be rewritten: another encoding than UTF-8, or NUL bytes, which wg and wg-quick
/// read differently.
public final class FileEncoding {
    private FileEncoding() {}

    /// The problem; empty for a file of text.
    ///
    /// @param file the name to put into places
    /// @param text a byte a char
    public static Optional<Problem> problem(String file, String text) {
        Optional<UnrecognizedLine> encoding = UnrecognizedLine.encoding(text, true);
        if (encoding.isPresent()) {
            return Optional.of(at(
                    new Place(file, 1, 1),
                    encoding.get().reason(),
                    encoding.get().hint()));
        }
        int nul = text.indexOf('\0');
        if (nul < 0) {
            return Optional.empty();
        }
        int line = 1;
        int start = 0;
        for (int i = 0; i < nul; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return Optional.of(at(
                new Place(file, line, nul - start + 1),
                "there is a NUL byte, at which wg cuts the line and which wg-quick drops",
                "remove it"));
    }

    private static Problem at(Place place, String reason, String hint) {
        return new Problem(place, "", "", "", List.of(), reason, hint);
    }
}
