// SPDX-License-Identifier: Apache-2.0
package io.wgj.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What other programs answered, written down: `src/test/resources/golden/`. The first lines, which start with
/// `# `, say who and how.
public final class Golden {
    private Golden() {}

    /// The lines of a file without its head.
    public static List<String> lines(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no golden file " + name);
            }
            List<String> lines = new ArrayList<>(
                    List.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n", -1)));
            while (lines.getFirst().startsWith("# ")) {
                lines.removeFirst();
            }
            lines.removeLast();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Undoes the escapes `\n`, `\\` and `\xNN`.
    public static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            if (kind == 'x') {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(kind == 'n' ? '\n' : kind);
            }
        }
        return out.toString();
    }
}
