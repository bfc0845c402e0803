// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import io.wgj.config.text.Ascii;

/// Hides keys in text before it is shown. Every message, trace and document passes through it last.
///
/// A key is text that decodes as 32 bytes:
/// - 43 digits of base64 (or of its URL-safe alphabet) and a `=`
/// - the same digits alone, without the `=`
/// - 64 or more hexadecimal digits
///
/// A key stays visible after words that call it public, such as `peer` or `PublicKey`.
public final class KeyMask {
    /// The replacement of a key.
    public static final String HIDDEN = "(hidden)";

    /// Digits of a key in base64, without the `=`.
    private static final int DIGITS = KeyText.BASE64_LENGTH - 1;

    private static final String[] PUBLIC = {
        "peer",
        "publickey",
        "public-key",
        "public_key",
        "public key",
        // wg's line about a bad key. The line about a secret key has `(hidden)` already.
        "key is not the correct length or format"
    };

    private KeyMask() {}

    /// `text` with `(hidden)` in the place of every key that is not public.
    public static String hide(String text) {
        if (text.length() < DIGITS) {
            return text;
        }
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = isDigit(text.charAt(i)) ? run + 1 : 0;
            if (run == DIGITS) {
                return hideRuns(text);
            }
        }
        return text;
    }

    private static String hideRuns(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            boolean padded = end < text.length() && text.charAt(end) == '=';
            int key = keyIn(text, at, end, padded);
            if (key < 0 || isPublic(text, key)) {
                end = Math.min(end + 1, text.length());
                out.append(text, at, end);
            } else {
                out.append(text, at, key).append(HIDDEN);
                end += padded ? 1 : 0;
            }
            at = end;
        }
        return out.toString();
    }

    /// The start of the key that ends at the end of a run of digits; -1 when there is none. A path before the key
    /// is no part of it. Other letters before it are hidden with it.
    private static int keyIn(String text, int start, int end, boolean padded) {
        if (end - start < DIGITS) {
            return -1;
        }
        int key = start;
        for (int slash = start; slash < end; slash++) {
            boolean pathEnds = text.charAt(slash) == '/' && slash + 1 + DIGITS <= end;
            if (pathEnds && (padded || slash + 1 + DIGITS == end)) {
                key = slash + 1;
            }
        }
        boolean base64 = padded || end - key == DIGITS && isMixed(text, key, end);
        return base64 ? key : hexKey(text, start, end);
    }

    /// Whether a run of 43 digits is a key rather than a word or a path: it has capital and small letters. Only
    /// one key in four thousand million lacks one of the two.
    private static boolean isMixed(String text, int start, int end) {
        boolean capital = false;
        boolean small = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            capital |= c >= 'A' && c <= 'Z';
            small |= c >= 'a' && c <= 'z';
        }
        return capital && small;
    }

    private static int hexKey(String text, int start, int end) {
        int run = 0;
        for (int i = start; i < end; i++) {
            run = Character.digit(text.charAt(i), 16) >= 0 ? run + 1 : 0;
            if (run == KeyText.HEX_LENGTH) {
                return i + 1 - run;
            }
        }
        return -1;
    }

    /// Whether the word before the key says that the key is public. Other characters may stand between them.
    private static boolean isPublic(String text, int key) {
        int end = key;
        while (end > 0 && " \t=:`'\"".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        for (String word : PUBLIC) {
            if (text.regionMatches(true, end - word.length(), word, 0, word.length())) {
                return end < key;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return Ascii.isLetter(c) || Ascii.isDigit(c) || "+/-_".indexOf(c) >= 0;
    }
}
