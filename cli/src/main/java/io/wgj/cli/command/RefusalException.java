// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.file.Problem;
import java.util.List;

/// Why a command failed, with every line to print. Never holds a secret.
public final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;
    private final int originalCode;
    private final transient List<String> wgLines;
    private final transient List<String> remarks;
    private final transient List<Problem> problems;

    /// @param wgLine what the original prints
    /// @param remark what we add to it; empty when the line says it all
    public RefusalException(String wgLine, String remark) {
        this(List.of(wgLine), remark.isEmpty() ? List.of() : List.of(remark));
    }

    /// @param wgLines what the original prints, a line each
    /// @param remarks what we add to it, a line each
    public RefusalException(List<String> wgLines, List<String> remarks) {
        this(ExitCode.FAILED, wgLines, remarks);
    }

    /// @param code the exit code of a command of ours
    /// @param wgLines what the original prints, a line each
    /// @param remarks what we add to it, a line each
    public RefusalException(int code, List<String> wgLines, List<String> remarks) {
        this(code, ExitCode.FAILED, wgLines, remarks, List.of());
    }

    private RefusalException(
            int code, int originalCode, List<String> wgLines, List<String> remarks, List<Problem> problems) {
        super(wgLines.isEmpty() ? "" : wgLines.getFirst());
        this.code = code;
        this.originalCode = originalCode;
        this.wgLines = List.copyOf(wgLines);
        this.remarks = List.copyOf(remarks);
        this.problems = List.copyOf(problems);
    }

    /// The same failure with the exit code that a command of the original's gives for it, where that is not 1.
    public RefusalException withOriginalCode(int original) {
        return new RefusalException(code, original, wgLines, remarks, problems);
    }

    /// The same failure with the problems of a file that its lines report.
    public RefusalException withProblems(List<Problem> all) {
        return new RefusalException(code, originalCode, wgLines, remarks, all);
    }

    /// The same failure with other remarks.
    public RefusalException withRemarks(List<String> others) {
        return new RefusalException(code, originalCode, wgLines, others, problems);
    }

    /// The exit code of a command of ours.
    public int code() {
        return code;
    }

    /// The exit code of a command of the original's.
    public int originalCode() {
        return originalCode;
    }

    /// What the original prints, a line each.
    public List<String> wgLines() {
        return wgLines;
    }

    /// What we add to it, a line each.
    public List<String> remarks() {
        return remarks;
    }

    /// The problems of a configuration file that the lines report, for programs; empty for any other failure.
    public List<Problem> problems() {
        return problems;
    }

    /// Prints all lines.
    public void print(Invocation invocation) {
        for (String line : wgLines) {
            invocation.report(line);
        }
        for (String remark : remarks) {
            invocation.remark(remark);
        }
    }
}
