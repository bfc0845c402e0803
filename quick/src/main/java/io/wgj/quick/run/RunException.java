// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import java.util.List;

/// A run ended early. What it had done has been undone, unless its remarks say otherwise.
public final class RunException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;
    private final transient List<String> hints;

    /// @param exitCode wg-quick's exit code
    /// @param lines what the tools that wg-quick runs print on standard error, without newlines; none when
    ///     the failing command has printed its own, as hooks do
    /// @param hints our own sentences after these: why, and what to do
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

    /// The exit code of the process.
    public int exitCode() {
        return exitCode;
    }

    /// The lines to print first.
    public List<String> lines() {
        return lines;
    }

    /// The sentences to print after them under our own name.
    public List<String> hints() {
        return hints;
    }
}
