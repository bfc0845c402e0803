// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.batch.CommandLines.Line;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;

/// Commands print as ever, and a line of ours follows a failure.
///
/// @param invocation of the batch
/// @param host of its lines
record TextAnswers(Invocation invocation, BatchHost host) implements BatchAnswers {
    @Override
    public int ran(Line line, int exit) {
        // What was printed comes before the report about it.
        host.flush();
        if (exit != ExitCode.DONE) {
            invocation.complain("batch: line " + line.number() + ": exit code " + exit);
        }
        return exit;
    }

    @Override
    public int refused(Line line, int column, String reason) {
        String place = "line " + line.number() + (column == 0 ? "" : ", column " + column);
        invocation.complain("batch: " + place + ": " + reason);
        return ExitCode.MISUSED;
    }

    @Override
    public boolean areRead() {
        return host.flush();
    }
}
