// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// A line that wg does not know, fit to be shown: `(hidden)` stands for what is or may be a secret.
///
/// @param key the text before the first `=`; empty when the line has none
/// @param value the text after it
/// @param text the whole line
record MaskedLine(String key, String value, String text) {
    static MaskedLine of(WgLine line) {
        String text = line.text();
        String name = UnrecognizedLine.leadingLetters(text);
        String key = line.key();
        if (Secrets.looksLikeKey(key) || name.length() < key.length() && Secrets.isSecretName(name)) {
            // A bare secret, or a name and a secret without = between them.
            return new MaskedLine("", Secrets.HIDDEN, Secrets.HIDDEN);
        }
        if (key.length() == text.length()) {
            return new MaskedLine("", "", text);
        }
        String value = line.value();
        boolean publicKey = Ascii.equalsIgnoreCase(key, Key.PUBLIC_KEY.text());
        boolean secret = Secrets.isSecretName(key) || !publicKey && Secrets.looksLikeKey(value);
        if (!secret || value.isEmpty()) {
            return new MaskedLine(key, value, text);
        }
        return new MaskedLine(key, Secrets.HIDDEN, key + "=" + Secrets.HIDDEN);
    }
}
