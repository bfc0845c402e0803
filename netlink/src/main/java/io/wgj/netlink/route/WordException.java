// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

/// A word that does not fit into a route or rule.
public final class WordException extends Exception {
    private static final long serialVersionUID = 1;

    private final int index;
    private final String word;
    private final String reason;

    /// @param index of the word, from 0; the number of words when one is missing at the end
    /// @param word as written; empty when a word is missing
    /// @param reason the correct form, without a full stop
    public WordException(int index, String word, String reason) {
        super(word.isEmpty() ? reason : "`" + word + "': " + reason);
        this.index = index;
        this.word = word;
        this.reason = reason;
    }

    /// The index of the word, from 0.
    public int index() {
        return index;
    }

    /// The word; empty when one is missing.
    public String word() {
        return word;
    }

    /// The correct form.
    public String reason() {
        return reason;
    }
}
