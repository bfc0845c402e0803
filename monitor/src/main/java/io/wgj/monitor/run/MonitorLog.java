// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.text.Latin1;
import io.wgj.engine.run.LogQueue;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorEvent;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes events and the output of hooks as lines to standard output, which systemd hands to the journal. A
/// reader that is slow keeps no thread waiting; lines that it misses are counted.
final class MonitorLog implements EventSource.Listener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final LogQueue lines;
    private final boolean withTime;
    private final boolean verbose;

    /// @param withTime whether each line begins with the time; the journal has its own
    /// @param verbose whether handshakes are logged, too
    MonitorLog(PrintStream out, boolean withTime, boolean verbose) {
        lines = new LogQueue(out, leftOut -> leftOut + " lines are missing here: the log was not read in time");
        this.withTime = withTime;
        this.verbose = verbose;
    }

    /// Adds a line, a byte a char, whose keys are hidden.
    void add(String line) {
        String time = withTime ? LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " " : "";
        lines.add(time + Latin1.toUnicode(line));
    }

    @Override
    public void event(MonitorEvent event) {
        if (verbose || event.kind() != EventKind.HANDSHAKE) {
            add(EventText.of(event));
        }
    }

    /// Waits, but not for long, until everything so far is written.
    void flush() {
        lines.flush();
    }
}
