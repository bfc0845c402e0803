// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// One line of a [FileText]: how it is written, and what it means.
///
/// @param original as written, without the newline
/// @param section that the line is in; for a header, the one that it begins; empty before the first
/// @param key of wg, wg-quick or wgj; empty unless the line is a setting
/// @param valueStart the index in `original` where the value begins; 0 unless the line is a setting
/// @param valueEnd the index after the value; 0 unless the line is a setting
public record FileLine(
        String original, Kind kind, Optional<Section> section, Optional<Key> key, int valueStart, int valueEnd) {
    /// What a line is for.
    public enum Kind {
        /// White space, or nothing.
        BLANK,
        /// A comment alone.
        COMMENT,
        /// `[Interface]` or `[Peer]`, perhaps with a comment.
        HEADER,
        /// A key, an equals sign and a value, perhaps with a comment.
        SETTING,
        /// Anything else; wg refuses most such lines.
        OTHER
    }

    /// Whether the line sets `other`.
    public boolean is(Key other) {
        return key.isPresent() && key.get() == other;
    }

    /// The value as written, without blanks at its ends and without a comment; empty unless the line is a setting.
    public String value() {
        return original.substring(valueStart, valueEnd);
    }

    /// The comment from its `#` on, without the blanks after it; empty when the line has none.
    public String comment() {
        int hash = kind == Kind.OTHER ? -1 : original.indexOf('#', valueEnd);
        return hash < 0 ? "" : Ascii.trim(original.substring(hash));
    }

    /// The same line with another value. Everything around the value stays as it is.
    ///
    /// @throws IllegalStateException when the line is no setting
    public FileLine withValue(String value) {
        if (kind != Kind.SETTING) {
            throw new IllegalStateException("only a setting has a value");
        }
        // `Key =` gets a blank, `Key=` does not.
        boolean isBare = valueStart > 1 && original.charAt(valueStart - 1) == '=';
        String blank = isBare && Ascii.isSpace(original.charAt(valueStart - 2)) ? " " : "";
        String start = original.substring(0, valueStart) + blank;
        String rest = original.substring(valueEnd);
        return new FileLine(
                start + value + (rest.startsWith("#") ? " " : "") + rest,
                kind,
                section,
                key,
                start.length(),
                start.length() + value.length());
    }

    /// The line fit to be shown: `(hidden)` stands for what is or may be a secret.
    public String shown() {
        if (is(Key.PUBLIC_KEY)) {
            return original;
        }
        if (key.isPresent() && key.get().isSecret()) {
            return original.substring(0, valueStart) + Secrets.HIDDEN + Secrets.mask(original.substring(valueEnd));
        }
        return Secrets.mask(original);
    }
}
