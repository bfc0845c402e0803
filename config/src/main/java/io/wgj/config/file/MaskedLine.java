// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// A line that wg does not know, as it may be shown: what is or may be a secret stands as `(hidden)`.
///
/// @param key what stands before the first `=`; empty when the line has none
/// @param value what stands behind it
/// @param text all of it
record MaskedLine(String key, String value, String text) {
    static MaskedLine of(WgLine line) {
        String text = line.text();
        String name = UnrecognizedLine.leadingLetters(text);
        String key = line.key();
        if (Secrets.looksLikeKey(key) || name.length() < key.length() && Secrets.isSecretName(name)) {
            // A bare key, or a name and a secret with another sign than = between.
            return new MaskedLine("", Secrets.HIDDEN, Secrets.HIDDEN);
        }
        if (key.length() == text.length()) {
            return new MaskedLine("", "", text);
        }
        String value = line.value();
        boolean publicKey = Ascii.equalsIgnoreCase(key, "PublicKey");
        boolean secret = Secrets.isSecretName(key) || !publicKey && Secrets.looksLikeKey(value);
        if (!secret || value.isEmpty()) {
            return new MaskedLine(key, value, text);
        }
        return new MaskedLine(key, Secrets.HIDDEN, key + "=" + Secrets.HIDDEN);
    }
}
