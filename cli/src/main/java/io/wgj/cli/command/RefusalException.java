// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.List;

/// A word or a file that a command does not take; nothing was sent. Never holds a secret.
public final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;
    private final int code;
    private final transient List<String> wgLines;
    private final transient List<String> remarks;

    /// @param wgLine what the original prints
    /// @param remark what we add to it; empty when the line says it all
    public RefusalException(String wgLine, String remark) {
        this(List.of(wgLine), remark.isEmpty() ? List.of() : List.of(remark));
    }

    /// @param wgLines what the original prints, a line each
    /// @param remarks what we add to it, a line each
    public RefusalException(List<String> wgLines, List<String> remarks) {
        this(1, wgLines, remarks);
    }

    /// @param code what to end with
    /// @param wgLines what the original prints, a line each
    /// @param remarks what we add to it, a line each
    public RefusalException(int code, List<String> wgLines, List<String> remarks) {
        super(wgLines.isEmpty() ? "" : wgLines.getFirst());
        this.code = code;
        this.wgLines = List.copyOf(wgLines);
        this.remarks = List.copyOf(remarks);
    }

    /// What to end with.
    public int code() {
        return code;
    }

    /// What the original prints, a line each.
    public List<String> wgLines() {
        return wgLines;
    }

    /// What we add to it, a line each.
    public List<String> remarks() {
        return remarks;
    }

    /// Prints both; the exit code.
    public int print(Invocation invocation) {
        for (String line : wgLines) {
            invocation.report(line);
        }
        for (String remark : remarks) {
            invocation.remark(remark);
        }
        return code;
    }
}
