// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;

/// The canonical layout of a configuration file. Comments, the order of the lines and what they mean stay.
///
/// - A setting is `Key = value`, the key spelled as the manual spells it, a comma and a blank between the elements
///   of a list, and one blank before a comment.
/// - One empty line stands above each section and the comments directly above it. Other empty lines stay, one at a
///   time, but not directly below a header and not at the ends of the file.
/// - No line is indented, no line ends in blanks, and each ends in a newline without a carriage return.
///
/// @param result the file in this layout
/// @param sources for each line of the result, the index of the line that it comes from; -1 for an empty line that
///     was added
public record CanonicalLayout(FileText result, List<Integer> sources) {
    /// No line of the old file.
    public static final int ADDED = -1;

    /// Copies `sources`.
    public CanonicalLayout {
        sources = List.copyOf(sources);
    }

    /// Lays out `file`.
    public static CanonicalLayout of(FileText file) {
        return new Builder(file).build();
    }

    private static final class Builder {
        private final FileText file;
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> sources = new ArrayList<>();
        private boolean isBelowHeader = true;

        Builder(FileText file) {
            this.file = file;
        }

        CanonicalLayout build() {
            List<FileLine> lines = file.lines();
            boolean[] needsBlank = new boolean[lines.size()];
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).kind() == FileLine.Kind.HEADER) {
                    needsBlank[file.withCommentsAbove(i)] = true;
                }
            }
            int blank = ADDED;
            boolean wasBlank = false;
            for (int i = 0; i < lines.size(); i++) {
                FileLine line = lines.get(i);
                if (line.kind() == FileLine.Kind.BLANK) {
                    blank = wasBlank ? blank : i;
                    wasBlank = true;
                    continue;
                }
                if (!sources.isEmpty() && (needsBlank[i] || wasBlank && !isBelowHeader)) {
                    add(blank, "");
                }
                add(i, laidOut(line));
                isBelowHeader = line.kind() == FileLine.Kind.HEADER;
                blank = ADDED;
                wasBlank = false;
            }
            return new CanonicalLayout(FileText.of(text.toString()), sources);
        }

        private void add(int source, String line) {
            sources.add(source);
            text.append(line).append('\n');
        }
    }

    private static String laidOut(FileLine line) {
        return switch (line.kind()) {
            case BLANK, COMMENT, OTHER -> Ascii.trim(line.original());
            case HEADER -> withComment("[" + line.section().orElseThrow().title() + "]", line);
            case SETTING -> {
                Key key = line.key().orElseThrow();
                String value = value(key, line.value());
                yield withComment(key.text() + (value.isEmpty() ? " =" : " = " + value), line);
            }
        };
    }

    private static String withComment(String text, FileLine line) {
        String comment = line.comment();
        return comment.isEmpty() ? text : text + " " + comment;
    }

    /// The canonical form of a value as written.
    private static String value(Key key, String written) {
        if (key.owner() == Key.Owner.WG) {
            // wg reads its values without any blanks.
            String value = Ascii.withoutSpace(written);
            return key.isList() ? Ascii.trim(value.replace(",", ", ")) : value;
        }
        if (key.isList()) {
            return String.join(", ", QuickSyntax.words(written));
        }
        boolean isWords = key == Key.ROUTE || key == Key.RULE || key == Key.UNDERLAY || key == Key.PROBE;
        return isWords ? oneBlankBetweenWords(written) : written;
    }

    private static String oneBlankBetweenWords(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isSpace(c)) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        return out.toString();
    }
}
