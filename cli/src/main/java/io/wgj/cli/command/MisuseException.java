// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Words that a command does not take.
public final class MisuseException extends Exception {
    private static final long serialVersionUID = 1;
    private final String sentence;

    /// @param sentence what is wrong, without a full stop
    public MisuseException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /// What is wrong, without a full stop.
    public String sentence() {
        return sentence;
    }
}
