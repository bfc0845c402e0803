// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.Optional;

/// One line as wg-quick reads it.
///
/// @param number from 1
/// @param original as written, without the newline
/// @param key the key of wg-quick or wgj; empty for lines that go to wg, comments and blank lines included
/// @param inInterface whether wg-quick counts the line to `[Interface]`
/// @param value what follows the first `=`, without a comment, trimmed; the whole line when there is no `=`
/// @param rawValue the same with what a `#` would cut off: hooks take it
/// @param column of the value, from 1, in bytes of `original`
public record QuickLine(
        int number,
        String original,
        Optional<Key> key,
        boolean inInterface,
        String value,
        String rawValue,
        int column) {
    /// Whether the line holds this key.
    public boolean is(Key other) {
        return key.isPresent() && key.get() == other;
    }

    /// Whether the line holds a key of wgj.
    public boolean isOfWgj() {
        return key.isPresent() && key.get().owner() == Key.Owner.WGJ;
    }

    /// What `strip` prints of a line that is kept: without blanks and TABs at both ends, and without NUL bytes,
    /// which no shell can hold.
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
