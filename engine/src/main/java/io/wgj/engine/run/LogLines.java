// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import java.io.PrintStream;

/// Where the lines of an [EngineLog] go. Thread-safe.
public interface LogLines {
    /// Takes a line, without its end.
    void add(String line);

    /// Waits, but not for long, until everything so far is written.
    void flush();

    /// Writes each line at once; the caller waits for the reader of `out`.
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
