// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

import java.nio.charset.StandardCharsets;

/// Text as bytes: a string of which each char is one byte, 0 to 255.
///
/// `wg` and `wg-quick` handle bytes and know no encoding. wgj reads files, arguments, variables and output of
/// programs as ISO-8859-1 and writes them the same way, so that every byte survives. "A byte a char" in a
/// comment means this.
public final class Latin1 {
    private Latin1() {}

    /// The text of `bytes`.
    @SuppressWarnings("deprecation") // The one constructor that takes bytes as chars without a charset look-up.
    public static String of(byte[] bytes) {
        return new String(bytes, 0);
    }

    /// The text of the first `length` of `bytes`.
    @SuppressWarnings("deprecation") // As above.
    public static String of(byte[] bytes, int length) {
        return new String(bytes, 0, 0, length);
    }

    /// The bytes of `text`; a `?` for a char above 255.
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The text whose bytes are the UTF-8 of `unicode`.
    public static String ofUnicode(String unicode) {
        return isAscii(unicode) ? unicode : of(unicode.getBytes(StandardCharsets.UTF_8));
    }

    /// The characters that `text` is the UTF-8 of; U+FFFD for bytes that are not UTF-8.
    public static String toUnicode(String text) {
        return isAscii(text) ? text : new String(bytes(text), StandardCharsets.UTF_8);
    }

    /// Whether every char is its own byte in each encoding that the JVM may have read it with.
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
