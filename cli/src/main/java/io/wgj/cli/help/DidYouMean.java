// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import java.util.List;
import java.util.Locale;

/// The word that somebody probably wanted to type.
final class DidYouMean {
    private static final int FARTHEST = 2;

    private DidYouMean() {}

    /// The candidate that takes the fewest slips to turn into `word`, case aside; empty when none is near. A word that
    /// starts a candidate is near, however short.
    static String closest(String word, List<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        String best = "";
        int fewest = Math.min(FARTHEST, word.length() - 1) + 1;
        for (String candidate : candidates) {
            int slips = !lower.isEmpty() && candidate.startsWith(lower) ? 0 : distance(lower, candidate);
            if (slips < fewest) {
                fewest = slips;
                best = candidate;
            }
        }
        return best;
    }

    /// How many characters must be put in, left out, replaced, or swapped with their neighbour.
    static int distance(String from, String to) {
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : step(slips, from, to, i, j);
            }
        }
        return slips[from.length()][to.length()];
    }

    private static int step(int[][] slips, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(slips[i - 1][j - 1] + (same ? 0 : 1), Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, slips[i - 2][j - 2] + 1) : best;
    }
}
