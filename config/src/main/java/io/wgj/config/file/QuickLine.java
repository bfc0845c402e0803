// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// One line as wg-quick reads it.
///
/// @param number from 1
/// @param original as written, without the newline
/// @param role who the line is for
/// @param inInterface whether wg-quick counts it to `[Interface]`
/// @param key the spelling of the key in the manual; empty for lines that are wg's
/// @param value behind the first `=`, without a comment, trimmed; the whole line when there is no `=`
/// @param rawValue the same with what a `#` would cut off: hooks take it
/// @param column of the value, from 1, in bytes of `original`
public record QuickLine(
        int number,
        String original,
        Role role,
        boolean inInterface,
        String key,
        String value,
        String rawValue,
        int column) {
    /// Who a line is for.
    public enum Role {
        /// Goes into the configuration of wg: comments and blank lines too.
        WG,
        /// A key of wg-quick.
        QUICK,
        /// A key that only wgj has.
        WGJ
    }

    /// What `strip` prints of a line that is kept: blanks and TABs at both ends are lost, and NUL bytes, which
    /// no shell can hold.
    public String trimmed() {
        return trimBlanks(original);
    }

    static String trimBlanks(String original) {
        String text = original.indexOf('\0') < 0 ? original : original.replace("\0", "");
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}
