// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

/// A word that a route or a rule cannot be made of.
public final class WordException extends Exception {
    private static final long serialVersionUID = 1;

    private final int index;
    private final String word;
    private final String reason;

    /// @param index of the word, from 0; the number of words when one is missing at the end
    /// @param word as written; empty when it is missing
    /// @param reason what would be right, without a full stop
    public WordException(int index, String word, String reason) {
        super(word.isEmpty() ? reason : "`" + word + "': " + reason);
        this.index = index;
        this.word = word;
        this.reason = reason;
    }

    /// Which word, from 0.
    public int index() {
        return index;
    }

    /// The word; empty when one is missing.
    public String word() {
        return word;
    }

    /// What would be right.
    public String reason() {
        return reason;
    }
}
