// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import java.util.List;

/// Why a run ended early. What it had done has been taken back by then, unless its remarks say otherwise.
public final class RunException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;
    private final transient List<String> hints;

    /// @param exitCode what wg-quick would end with
    /// @param lines what the tools that wg-quick runs print on standard error, without newlines; none when the
    ///     culprit has spoken for itself, as hooks do
    /// @param hints our own sentences behind them: why, and what to do
    public RunException(int exitCode, List<String> lines, List<String> hints) {
        super(String.join("\n", lines));
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
        this.hints = List.copyOf(hints);
    }

    public RunException(int exitCode, List<String> lines) {
        this(exitCode, lines, List.of());
    }

    public RunException(int exitCode, String line) {
        this(exitCode, List.of(line));
    }

    /// What to end with.
    public int exitCode() {
        return exitCode;
    }

    /// What to print before that, line by line.
    public List<String> lines() {
        return lines;
    }

    /// What to add under our own name, a sentence each.
    public List<String> hints() {
        return hints;
    }
}
