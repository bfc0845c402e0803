// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import java.io.PrintStream;

/// Where the lines of an [EngineLog] go. Safe for threads.
public interface LogLines {
    /// Takes a line, without its end.
    void add(String line);

    /// Waits until what was added is written, but not for long.
    void flush();

    /// Writes each line at once: whoever adds one waits for whoever reads `out`.
    static LogLines to(PrintStream out) {
        return new LogLines() {
            @Override
            public void add(String line) {
                out.println(line);
            }

            @Override
            public void flush() {
                out.flush();
            }
        };
    }
}
