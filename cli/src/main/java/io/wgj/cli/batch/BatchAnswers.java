// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.batch.CommandLines.Line;

/// Prints what became of each line, before the next one is read.
interface BatchAnswers {
    /// A line whose command was run.
    ///
    /// @param exit its exit code, which is also the answer
    int ran(Line line, int exit);

    /// A line that was not run.
    ///
    /// @param column where it is wrong, counted from 1; 0 for the line as a whole
    /// @param reason what is wrong and what to do, without a full stop
    /// @return the exit code of a misuse
    int refused(Line line, int column, String reason);

    /// Whether all that was printed so far has been written.
    boolean areRead();
}
