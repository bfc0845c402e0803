// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.batch.CommandLines.Line;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.json.BatchJson;
import io.wgj.config.text.Printable;

/// One JSON object for each line.
///
/// @param invocation of the batch
/// @param host of its lines, which captures what they print
record JsonAnswers(Invocation invocation, BatchHost host) implements BatchAnswers {
    @Override
    public int ran(Line line, int exit) {
        String printed = host.takePrinted();
        String errors = host.takeErrors();
        invocation.out().append(BatchJson.ofRun(line.number(), line.text().strip(), exit, printed, errors));
        return exit;
    }

    @Override
    public int refused(Line line, int column, String reason) {
        // Garbage may be as long as a line can be.
        String shown = line.tooLong() ? "" : Printable.of(line.text().strip());
        invocation
                .out()
                .append(BatchJson.ofRefusal(line.number(), shown, ExitCode.MISUSED, column, Printable.of(reason)));
        return ExitCode.MISUSED;
    }

    @Override
    public boolean areRead() {
        return invocation.host().flush();
    }
}
