// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// A word or a file that a command does not take; nothing was sent. Never holds a secret.
final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;
    private final String wgLine;
    private final String remark;

    /// @param wgLine what the original prints
    /// @param remark what we add to it; empty when the line says it all
    RefusalException(String wgLine, String remark) {
        super(wgLine);
        this.wgLine = wgLine;
        this.remark = remark;
    }

    /// Prints both; the exit code.
    int print(Call call) {
        call.say(wgLine);
        if (!remark.isEmpty()) {
            call.add(remark);
        }
        return 1;
    }
}
