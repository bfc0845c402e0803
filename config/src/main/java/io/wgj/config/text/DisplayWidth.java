// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

/// How many columns of a terminal a text takes. Text here is Unicode, not a byte a char.
public final class DisplayWidth {
    private static final String MORE = "…";

    private DisplayWidth() {}

    /// The columns of `text`: two for each East Asian wide character and emoji, none for combining marks.
    public static int of(String text) {
        if (Latin1.isAscii(text)) {
            return text.length();
        }
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            width += of(codePoint);
            at += Character.charCount(codePoint);
        }
        return width;
    }

    /// `text`, or its start and `…` when it has more than `columns`; empty for no columns.
    public static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int width = 0;
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (width + of(codePoint) > columns - 1) {
                break;
            }
            width += of(codePoint);
            at += Character.charCount(codePoint);
        }
        return columns <= 0 ? "" : text.substring(0, at) + MORE;
    }

    private static int of(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /// The blocks that Unicode's EastAsianWidth.txt calls W or F.
    private static boolean isWide(int c) {
        return c >= 0x1100 && c <= 0x115f
                || c >= 0x2e80 && c <= 0x303e
                || c >= 0x3041 && c <= 0xa4cf
                || c >= 0xa960 && c <= 0xa97f
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe6f
                || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6
                || c >= 0x1f300 && c <= 0x1f64f
                || c >= 0x1f680 && c <= 0x1f6ff
                || c >= 0x1f900 && c <= 0x1f9ff
                || c >= 0x20000 && c <= 0x3fffd;
    }
}
