// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// One line as wg reads it: cut at the first NUL and at the first `#`, without any blanks.
///
/// @param number from 1
/// @param text the rest of the line
/// @param original the line as written; columns count in it
record WgLine(int number, String text, String original) {
    static WgLine of(int number, String original) {
        StringBuilder text = new StringBuilder(original.length());
        for (int i = 0; i < original.length(); i++) {
            char c = original.charAt(i);
            if (c == 0 || c == '#') {
                break;
            }
            if (!Ascii.isSpace(c)) {
                text.append(c);
            }
        }
        return new WgLine(number, text.toString(), original);
    }

    /// The column, from 1, of the character that is at `index` of [#text()].
    int column(int index) {
        int left = index;
        for (int i = 0; i < original.length(); i++) {
            if (!Ascii.isSpace(original.charAt(i)) && left-- == 0) {
                return i + 1;
            }
        }
        return original.length() + 1;
    }

    /// The text before the first `=`, or all of it.
    String key() {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    /// The index after the first `=`; the end when there is none.
    int valueIndex() {
        int equals = text.indexOf('=');
        return equals < 0 ? text.length() : equals + 1;
    }

    String value() {
        return text.substring(valueIndex());
    }

    /// The value as written, with its blanks and without a comment.
    String rawValue() {
        int hash = original.indexOf('#');
        String kept = hash < 0 ? original : original.substring(0, hash);
        return kept.substring(kept.indexOf('=') + 1);
    }
}
