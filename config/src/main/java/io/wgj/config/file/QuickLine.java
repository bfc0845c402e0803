// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Ascii;
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

    /// The line as it may be shown: `(hidden)` stands for what is or may be a secret.
    public String shown() {
        int equals = original.indexOf('=');
        String before = equals < 0 ? original : original.substring(0, equals);
        String name = WgLine.of(number, before).text();
        boolean secret = Secrets.isSecretName(name) || Secrets.isSecretName(UnrecognizedLine.leadingLetters(name));
        if (secret) {
            return equals < 0 ? Secrets.HIDDEN : before + "= " + Secrets.HIDDEN;
        }
        if (key.isPresent()) {
            return KeyMask.hide(original);
        }
        boolean publicKey = Ascii.equalsIgnoreCase(name, Key.PUBLIC_KEY.text());
        int comment = publicKey ? Math.max(original.indexOf('#'), 0) : 0;
        int kept = publicKey ? comment == 0 ? original.length() : comment : 0;
        return original.substring(0, kept) + Secrets.mask(original.substring(kept));
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
