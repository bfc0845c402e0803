// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

/// The monitor's answer that it cannot do what it was asked for.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;
    private final String sentence;

    /// @param code as a command's exit code
    /// @param sentence why, without a full stop
    public RefusedException(int code, String sentence) {
        super(sentence);
        this.code = code;
        this.sentence = sentence;
    }

    /// The exit code of a command that fails for this reason.
    public int code() {
        return code;
    }

    /// Why, without a full stop.
    public String sentence() {
        return sentence;
    }
}
