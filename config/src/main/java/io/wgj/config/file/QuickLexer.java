// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;

/// Cuts a file into wg-quick's lines and says whose each is. wg-quick takes its keys from `[Interface]` alone;
/// ours for peers stand in what wg reads as a `[Peer]` section, since that is where their peer's key stands.
final class QuickLexer {
    private final List<QuickLine> lines = new ArrayList<>();
    private boolean inInterface;
    private boolean inPeer;

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
        String name = trim(equals < 0 ? stripped : stripped.substring(0, equals));
        if (name.startsWith("[")) {
            inInterface = Ascii.equalsIgnoreCase(name, "[Interface]");
            String wgText = WgLine.of(number, line).text();
            inPeer = Ascii.equalsIgnoreCase(wgText, "[Peer]");
        }
        String quick = inInterface ? KeyNames.spelling(name, KeyNames.QUICK) : "";
        String ours = inInterface
                ? KeyNames.spelling(name, KeyNames.WGJ_INTERFACE)
                : inPeer ? KeyNames.spelling(name, KeyNames.WGJ_PEER) : "";
        QuickLine.Role role =
                !quick.isEmpty() ? QuickLine.Role.QUICK : ours.isEmpty() ? QuickLine.Role.WG : QuickLine.Role.WGJ;
        String rawValue = trim(line.substring(line.indexOf('=') + 1));
        lines.add(new QuickLine(
                number,
                original,
                role,
                inInterface,
                quick + ours,
                trim(stripped.substring(equals + 1)),
                rawValue,
                column(original)));
    }

    /// Behind the first `=` and the blanks that follow it; the first character when there is none.
    private static int column(String original) {
        int at = original.indexOf('=') + 1;
        while (at < original.length() && Ascii.isSpace(original.charAt(at))) {
            at++;
        }
        return at + 1;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Ascii.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Ascii.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
