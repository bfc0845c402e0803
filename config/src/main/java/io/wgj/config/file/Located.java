// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// A value of a file with its text and place, for judgements that come after parsing.
///
/// @param place of the value
/// @param text the value as written, without blanks around it
public record Located<T>(Place place, String text, T value) {
    /// Another value at the same place: an address instead of its name.
    public <U> Located<U> withValue(U other) {
        return new Located<>(place, text, other);
    }
}
