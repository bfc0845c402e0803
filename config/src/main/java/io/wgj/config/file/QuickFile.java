// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A wg-quick file as it was written, line by line. Says nothing about whether its values are good.
///
/// @param name as the user gave it
/// @param lines all of them, comments and blank ones too
/// @param endsInNewline whether the last line has one; true for an empty file
public record QuickFile(String name, List<QuickLine> lines, boolean endsInNewline) {
    public QuickFile {
        lines = List.copyOf(lines);
    }

    /// Cuts `text`, a byte a char. Any text is a file.
    public static QuickFile of(String name, String text) {
        return new QuickFile(name, QuickLexer.lines(text), text.isEmpty() || text.endsWith("\n"));
    }

    /// The configuration of wg, as `wg-quick strip` prints it: every line that is neither wg-quick's nor ours,
    /// and one more newline.
    public String stripped() {
        return stripped(_ -> Optional.empty());
    }

    /// The same, with a line of `instead` where a line of ours stands: the key itself for a `PrivateKeyFile`.
    public String stripped(Function<QuickLine, Optional<String>> instead) {
        StringBuilder out = new StringBuilder();
        for (QuickLine line : lines) {
            if (line.role() == QuickLine.Role.WG && !isUnseen(line)) {
                out.append(line.trimmed()).append('\n');
            } else if (line.role() == QuickLine.Role.WGJ) {
                Optional<String> text = instead.apply(line);
                if (text.isPresent()) {
                    out.append(text.get()).append('\n');
                }
            }
        }
        return out.append('\n').toString();
    }

    /// Whether bash's `read` ends at the line without having seen it: the last one, blank and without a newline.
    private boolean isUnseen(QuickLine line) {
        return !endsInNewline && line.number() == lines.size() && line.trimmed().isEmpty();
    }
}
