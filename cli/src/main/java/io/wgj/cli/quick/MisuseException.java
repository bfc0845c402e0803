// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

/// Words that make no command.
final class MisuseException extends Exception {
    private static final long serialVersionUID = 1;
    private final String sentence;

    /// @param sentence what is wrong, without a full stop
    MisuseException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /// What is wrong.
    String sentence() {
        return sentence;
    }
}
