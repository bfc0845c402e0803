// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;

/// The reason why a file is refused, at one place of it.
///
/// @param place of the value, of a word in it, or of the section that lacks something
/// @param section `Interface`, `Peer`, or empty before the first one
/// @param key as it should be spelled when it is known, else as written; empty when the line has none
/// @param value as written, `(hidden)` for what is or may be a secret; empty when there is none
/// @param wgLines exactly what the original prints when this is the first problem of the file, secrets hidden
/// @param reason what would be right, a sentence without a full stop
/// @param hint what to do; empty when nothing helps
public record Problem(
        Place place, String section, String key, String value, List<String> wgLines, String reason, String hint) {
    /// Copies `wgLines`.
    public Problem {
        wgLines = List.copyOf(wgLines);
    }

    /// A problem that wg and wg-quick have no words for.
    public static Problem of(Place place, Key key, String value, String reason, String hint) {
        return new Problem(place, key.section().title(), key.text(), value, List.of(), reason, hint);
    }
}
