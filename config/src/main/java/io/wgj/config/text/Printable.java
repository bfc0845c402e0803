// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

/// Makes text from files, names and paths fit for a terminal and for one line of a log.
public final class Printable {
    private static final String HEX = "0123456789abcdef";
    private static final int EXCERPT = 60;

    private Printable() {}

    /// `text`, a byte a char, with an escape (`\n`, `\t`, `\r` or `\x1b`) for every byte that a terminal
    /// would obey rather than show. Those are control characters, characters that change the direction of
    /// writing, and bytes that are not UTF-8. Escaped text comes out unchanged.
    public static String of(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) >= ' ' && text.charAt(first) <= '~') {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        out.append(text, 0, first);
        int at = first;
        while (at < text.length()) {
            int length = length(text, at);
            boolean shown = length > 0 && isShown(codePoint(text, at, length));
            int end = at + Math.max(length, 1);
            for (; at < end; at++) {
                if (shown) {
                    out.append(text.charAt(at));
                } else {
                    escape(text.charAt(at), out);
                }
            }
        }
        return out.toString();
    }

    /// The same for the first 60 bytes of text of any length, with `...` where more follow.
    public static String excerpt(String text) {
        return text.length() <= EXCERPT ? of(text) : of(text.substring(0, EXCERPT)) + "...";
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> out.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        }
    }

    /// The bytes of the UTF-8 character at `at`; 0 when there is none.
    private static int length(String text, int at) {
        char lead = text.charAt(at);
        int length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (at + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text.charAt(at + i) & ~0x3f) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int codePoint(String text, int at, int length) {
        int value = length == 1 ? text.charAt(at) : text.charAt(at) & 0x7f >> length;
        for (int i = 1; i < length; i++) {
            value = value << 6 | text.charAt(at + i) & 0x3f;
        }
        return value;
    }

    private static boolean isShown(int codePoint) {
        boolean control = codePoint < ' ' || codePoint >= 0x7f && codePoint < 0xa0;
        // Marks and overrides of direction, line and paragraph separators, invisible characters.
        boolean turns = codePoint >= 0x200b && codePoint <= 0x200f
                || codePoint >= 0x2028 && codePoint <= 0x202e
                || codePoint >= 0x2060 && codePoint <= 0x206f
                || codePoint == 0x61c
                || codePoint == 0xfeff;
        return !control && !turns;
    }
}
