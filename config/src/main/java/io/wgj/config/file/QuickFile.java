// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A wg-quick file line by line, as written. It does not judge values.
///
/// @param name as the user gave it
/// @param lines all of them, comments and blank ones too
/// @param endsInNewline whether the last line has a newline; true for an empty file
public record QuickFile(String name, List<QuickLine> lines, boolean endsInNewline) {
    /// Copies `lines`.
    public QuickFile {
        lines = List.copyOf(lines);
    }

    /// Splits `text`, a byte a char. Any text is a file.
    public static QuickFile of(String name, String text) {
        return new QuickFile(name, QuickLexer.lines(text), text.isEmpty() || text.endsWith("\n"));
    }

    /// The file, byte for byte.
    public String text() {
        StringBuilder out = new StringBuilder();
        for (QuickLine line : lines) {
            out.append(line.original()).append('\n');
        }
        if (!endsInNewline && !out.isEmpty()) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /// The last line with this key.
    public Optional<QuickLine> last(Key key) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).is(key)) {
                return Optional.of(lines.get(i));
            }
        }
        return Optional.empty();
    }

    /// The configuration of wg, as `wg-quick strip` prints it: every line without a key of wg-quick or wgj, and
    /// one more newline.
    public String stripped() {
        return stripped(_ -> Optional.empty());
    }

    /// The same with other text for lines of wgj: the key itself for a `PrivateKeyFile`.
    ///
    /// @param replacement the text for a line; empty to leave the line out
    public String stripped(Function<QuickLine, Optional<String>> replacement) {
        StringBuilder out = new StringBuilder();
        for (QuickLine line : lines) {
            if (line.key().isEmpty() && !isUnseen(line)) {
                out.append(line.trimmed()).append('\n');
            } else if (line.isOfWgj()) {
                Optional<String> text = replacement.apply(line);
                if (text.isPresent()) {
                    out.append(text.get()).append('\n');
                }
            }
        }
        return out.append('\n').toString();
    }

    /// Whether bash's `read` ends before it returns the line: the last one, blank and without a newline.
    private boolean isUnseen(QuickLine line) {
        return !endsInNewline && line.number() == lines.size() && line.trimmed().isEmpty();
    }
}
