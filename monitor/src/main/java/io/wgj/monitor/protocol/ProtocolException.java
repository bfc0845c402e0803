// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

/// A line that is not of the protocol.
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;
    private final String sentence;

    /// @param sentence what is wrong with it, without a full stop
    public ProtocolException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /// What is wrong with the line, without a full stop.
    public String sentence() {
        return sentence;
    }
}
