// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import java.util.List;

/// A word or a file that a command does not take; nothing was sent. Never holds a secret.
final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> wgLines;
    private final transient List<String> remarks;

    /// @param wgLine what the original prints
    /// @param remark what we add to it; empty when the line says it all
    RefusalException(String wgLine, String remark) {
        this(List.of(wgLine), remark.isEmpty() ? List.of() : List.of(remark));
    }

    /// @param wgLines what the original prints, a line each
    /// @param remarks what we add to it, a line each
    RefusalException(List<String> wgLines, List<String> remarks) {
        super(wgLines.getFirst());
        this.wgLines = List.copyOf(wgLines);
        this.remarks = List.copyOf(remarks);
    }

    /// Prints both; the exit code.
    int print(Call call) {
        for (String line : wgLines) {
            call.say(line);
        }
        for (String remark : remarks) {
            call.add(remark);
        }
        return 1;
    }
}
