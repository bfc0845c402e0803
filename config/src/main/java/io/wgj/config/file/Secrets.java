// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// Hides secrets in messages about lines that no parser understands.
final class Secrets {
    static final String HIDDEN = "(hidden)";

    /// Base64 of 32 bytes has 43 characters before the `=`. A run a few letters shorter is a damaged key.
    private static final int KEY_LIKE_RUN = 40;

    private Secrets() {}

    /// Whether `text` holds a run of base64 or hexadecimal digits about as long as a key.
    static boolean looksLikeKey(String text) {
        int run = 0;
        for (int i = 0; i < text.length() && run < KEY_LIKE_RUN; i++) {
            run = isDigitOfKey(text.charAt(i)) ? run + 1 : 0;
        }
        return run >= KEY_LIKE_RUN;
    }

    /// `text` with every such run, and the `=` behind it, replaced.
    static String mask(String text) {
        if (!looksLikeKey(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isDigitOfKey(text.charAt(i))) {
                continue;
            }
            boolean hide = i - start >= KEY_LIKE_RUN;
            out.append(hide ? HIDDEN : text.substring(start, i));
            if (i < text.length() && !(hide && text.charAt(i) == '=')) {
                out.append(text.charAt(i));
            }
            start = i + 1;
        }
        return out.toString();
    }

    private static boolean isDigitOfKey(char c) {
        return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '/';
    }

    /// Whether a key of this name, or of one that it may be a slip for, holds a secret.
    static boolean isSecretName(String name) {
        return isSecret(name) || isSecret(Key.nearest(name));
    }

    private static boolean isSecret(String name) {
        return Ascii.equalsIgnoreCase(name, Key.PRIVATE_KEY.text())
                || Ascii.equalsIgnoreCase(name, Key.PRESHARED_KEY.text());
    }
}
