// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Instant;
import java.util.Optional;

/// A fact that leads to a verdict.
///
/// @param word its kind, such as `route`
/// @param text the fact
/// @param at when it was seen; empty for what holds all the time
public record Evidence(String word, String text, Optional<Instant> at) {
    /// A fact that holds all the time.
    public Evidence(String word, String text) {
        this(word, text, Optional.empty());
    }
}
