// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits a file into wg-quick's lines and finds the key of each.
///
/// wg-quick takes its keys from `[Interface]` alone. The peers' keys of wgj belong to what wg reads as a `[Peer]`
/// section, because the peer's public key is there.
final class QuickLexer {
    private final List<QuickLine> lines = new ArrayList<>();
    private Optional<Section> section = Optional.empty();

    private QuickLexer() {}

    static List<QuickLine> lines(String text) {
        QuickLexer lexer = new QuickLexer();
        int from = 0;
        for (int number = 1; from < text.length(); number++) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            lexer.line(number, text.substring(from, end));
            from = end + 1;
        }
        return lexer.lines;
    }

    private void line(int number, String original) {
        String line = QuickLine.trimBlanks(original);
        int hash = line.indexOf('#');
        String stripped = hash < 0 ? line : line.substring(0, hash);
        int equals = stripped.indexOf('=');
        String name = Ascii.trim(equals < 0 ? stripped : stripped.substring(0, equals));
        if (name.startsWith("[")) {
            section = section(number, line, name);
        }
        lines.add(new QuickLine(
                number,
                original,
                key(name),
                section.isPresent() && section.get() == Section.INTERFACE,
                Ascii.trim(stripped.substring(equals + 1)),
                Ascii.trim(line.substring(line.indexOf('=') + 1)),
                column(original)));
    }

    private static Optional<Section> section(int number, String line, String name) {
        if (Ascii.equalsIgnoreCase(name, "[Interface]")) {
            return Optional.of(Section.INTERFACE);
        }
        boolean peer = Ascii.equalsIgnoreCase(WgLine.of(number, line).text(), "[Peer]");
        return peer ? Optional.of(Section.PEER) : Optional.empty();
    }

    private Optional<Key> key(String name) {
        Optional<Key> key = section.isPresent() ? Key.find(name, section.get()) : Optional.empty();
        return key.isPresent() && key.get().owner() != Key.Owner.WG ? key : Optional.empty();
    }

    /// After the first `=` and the blanks that follow it; the first character when there is none.
    private static int column(String original) {
        int at = original.indexOf('=') + 1;
        while (at < original.length() && Ascii.isSpace(original.charAt(at))) {
            at++;
        }
        return at + 1;
    }
}
