// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.text;

import java.util.List;

/// Finds the word that a misspelled one was probably meant to be.
public final class Misspelling {
    private Misspelling() {}

    /// The candidate that takes the fewest slips to turn into `word`, case aside; of several the first. Empty when
    /// all take more than two, or more than one for each three letters of `word`.
    public static String nearest(String word, List<String> candidates) {
        String best = "";
        int fewest = Math.min(2, word.length() / 3) + 1;
        for (String candidate : candidates) {
            boolean near = Math.abs(word.length() - candidate.length()) < fewest;
            int slips = near ? slips(Ascii.lower(word), Ascii.lower(candidate)) : fewest;
            if (slips < fewest) {
                fewest = slips;
                best = candidate;
            }
        }
        return best;
    }

    /// The letters to insert, drop, replace, or swap with their neighbour (the distance of Damerau and
    /// Levenshtein, without second changes of a swapped pair).
    private static int slips(String from, String to) {
        int[][] slips = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : step(slips, from, to, i, j);
            }
        }
        return slips[from.length()][to.length()];
    }

    private static int step(int[][] slips, String from, String to, int i, int j) {
        int replaced = slips[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, slips[i - 2][j - 2] + 1) : best;
    }
}
