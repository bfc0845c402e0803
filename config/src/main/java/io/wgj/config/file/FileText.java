// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration file as its author wrote it: every line with its parts, comments, order and layout included.
/// [#text] gives the file back byte for byte. It does not judge values.
///
/// @param lines all of them
/// @param endsInNewline whether the last line has a newline; true for an empty file
public record FileText(List<FileLine> lines, boolean endsInNewline) {
    private static final String INTERFACE = "[Interface]";
    private static final String PEER = "[Peer]";

    /// Copies `lines`.
    public FileText {
        lines = List.copyOf(lines);
    }

    /// Splits `text`, a byte a char. Any text is a file.
    public static FileText of(String text) {
        List<FileLine> lines = new ArrayList<>();
        Optional<Section> section = Optional.empty();
        for (QuickLine quick : QuickLexer.lines(text)) {
            Optional<Section> begun = header(quick);
            section = begun.isPresent() ? begun : section;
            lines.add(begun.isPresent() ? plain(quick, FileLine.Kind.HEADER, section) : line(quick, section));
        }
        return new FileText(lines, text.isEmpty() || text.endsWith("\n"));
    }

    /// The section that a line begins, as wg reads it.
    private static Optional<Section> header(QuickLine line) {
        String text = WgLine.of(line.number(), line.original()).text();
        if (Ascii.equalsIgnoreCase(text, INTERFACE)) {
            return Optional.of(Section.INTERFACE);
        }
        return Ascii.equalsIgnoreCase(text, PEER) ? Optional.of(Section.PEER) : Optional.empty();
    }

    private static FileLine line(QuickLine line, Optional<Section> section) {
        String trimmed = Ascii.trim(line.original());
        if (trimmed.isEmpty()) {
            return plain(line, FileLine.Kind.BLANK, section);
        }
        if (trimmed.startsWith("#")) {
            return plain(line, FileLine.Kind.COMMENT, section);
        }
        Optional<Key> key = line.key().isPresent() ? line.key() : keyOfWg(line, section);
        int equals = line.original().indexOf('=');
        int hash = line.original().indexOf('#');
        boolean isSetting = key.isPresent() && equals >= 0 && (hash < 0 || equals < hash);
        return isSetting ? setting(line.original(), section, key.get()) : plain(line, FileLine.Kind.OTHER, section);
    }

    private static Optional<Key> keyOfWg(QuickLine line, Optional<Section> section) {
        return section.isPresent()
                ? Key.find(WgLine.of(line.number(), line.original()).key(), section.get(), Key.Owner.WG)
                : Optional.empty();
    }

    private static FileLine setting(String original, Optional<Section> section, Key key) {
        int start = original.indexOf('=') + 1;
        int hash = key.isCommand() ? -1 : original.indexOf('#', start);
        int end = hash < 0 ? original.length() : hash;
        while (start < end && Ascii.isSpace(original.charAt(start))) {
            start++;
        }
        while (end > start && Ascii.isSpace(original.charAt(end - 1))) {
            end--;
        }
        return new FileLine(original, FileLine.Kind.SETTING, section, Optional.of(key), start, end);
    }

    private static FileLine plain(QuickLine line, FileLine.Kind kind, Optional<Section> section) {
        return new FileLine(line.original(), kind, section, Optional.empty(), 0, 0);
    }

    /// The file, byte for byte.
    public String text() {
        StringBuilder out = new StringBuilder();
        for (FileLine line : lines) {
            out.append(line.original()).append('\n');
        }
        if (!endsInNewline && !out.isEmpty()) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /// The index of the first line of the comments directly above the header at `header`; `header` itself when
    /// there are none. Such comments are about the section that follows.
    public int withCommentsAbove(int header) {
        int first = header;
        while (first > 0 && lines.get(first - 1).kind() == FileLine.Kind.COMMENT) {
            first--;
        }
        return first;
    }

    /// The same file with a section at its end: an empty line and then `added`. The lines before stay as they are;
    /// the last one gets a newline where it has none.
    ///
    /// @param added the section's text, with a newline at its end
    public FileText withSection(String added) {
        String before = text();
        String joint = before.isEmpty() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
        return of(before + joint + added);
    }
}
