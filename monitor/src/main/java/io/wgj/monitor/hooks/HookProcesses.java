// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs the processes of hooks. Thread-safe.
public interface HookProcesses {
    /// The end of a process.
    ///
    /// @param code its exit code; 128 and the signal's number when one ended it
    /// @param overdue whether it was ended because its time was over
    /// @param output what it printed, from the start, a byte a char
    /// @param isCut whether it printed more than that
    record End(int code, boolean overdue, String output, boolean isCut) {}

    /// Runs a program to its end, or ends it and everything it has started when its time is over.
    ///
    /// @param words the program, to be looked up in `PATH`, and its arguments
    /// @param variables in addition to the environment of this process
    End run(List<String> words, Map<String, String> variables, Duration limit);

    /// The paths of the executables in the folder of common hooks, in the order of their names.
    ///
    /// @param problems gets a sentence for each file that is not run
    List<String> common(List<String> problems);

    /// Ends all processes that run, and everything they have started.
    void end();
}
