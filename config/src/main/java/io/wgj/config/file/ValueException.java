// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;

/// A key or keyword does not accept a value. The exception never holds a secret.
public final class ValueException extends Exception {
    private static final long serialVersionUID = 1;
    private final String wgLine;
    private final String reason;
    private final String hint;
    private final transient List<String> warnings;

    ValueException(String wgLine, String reason, String hint) {
        this(wgLine, reason, hint, List.of());
    }

    ValueException(String wgLine, String reason, String hint, List<String> warnings) {
        super(wgLine);
        this.wgLine = wgLine;
        this.reason = reason;
        this.hint = hint;
        this.warnings = List.copyOf(warnings);
    }

    /// The line of `wg`, byte for byte, without the newline.
    public String wgLine() {
        return wgLine;
    }

    /// What would be right, a sentence without a full stop.
    public String reason() {
        return reason;
    }

    /// What to do; empty when nothing helps.
    public String hint() {
        return hint;
    }

    /// The lines that `wg` prints before [#wgLine()]: warnings about earlier parts of the same value.
    public List<String> warnings() {
        return warnings;
    }
}
