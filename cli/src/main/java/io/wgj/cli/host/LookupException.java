// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// A look-up that failed. The message is what `wg` prints: the resolver's sentence, or the system's for
/// `EAI_SYSTEM`.
public final class LookupException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean permanent;
    private final String sentence;

    /// @param sentence the resolver's words
    /// @param permanent whether asking again cannot help (`EAI_NONAME`, `EAI_FAIL`, `EAI_NODATA`)
    public LookupException(String sentence, boolean permanent) {
        super(sentence);
        this.sentence = sentence;
        this.permanent = permanent;
    }

    /// The resolver's words.
    public String sentence() {
        return sentence;
    }

    /// Whether asking again cannot help.
    public boolean permanent() {
        return permanent;
    }
}
