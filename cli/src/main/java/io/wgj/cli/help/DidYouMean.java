// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.config.text.Misspelling;
import java.util.List;
import java.util.Locale;

/// Finds the word that a mistyped one was probably meant to be.
final class DidYouMean {
    private static final int FARTHEST = 2;

    private DidYouMean() {}

    /// The candidate that takes the fewest slips to turn into `word`, case aside; empty when none is near. A word that
    /// starts a candidate is near, however short.
    static String closest(String word, List<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            if (!lower.isEmpty() && candidate.startsWith(lower)) {
                return candidate;
            }
        }
        return Misspelling.nearest(word, candidates, Math.min(FARTHEST, word.length() - 1));
    }
}
