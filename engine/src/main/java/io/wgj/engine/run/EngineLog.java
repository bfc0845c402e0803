// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.key.KeyMask;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Lines about what the engine does, in wireguard-go's form: `DEBUG: (wg0) 2026/01/31 23:59:59 text`. Safe
/// for threads. It never sees a secret, nor one line a packet.
public final class EngineLog {
    /// How much is told. Each tells what the one before tells, too.
    public enum Level {
        SILENT,
        ERROR,
        VERBOSE;

        /// What `LOG_LEVEL` says: `verbose` or `debug`, `silent`; everything else, and nothing, is [#ERROR].
        public static Level of(String variable) {
            return switch (variable.toLowerCase(Locale.ROOT)) {
                case "verbose", "debug" -> VERBOSE;
                case "silent" -> SILENT;
                default -> ERROR;
            };
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);

    private final Level level;
    private final String device;
    private final LogLines lines;

    /// @param device the interface's name, a part of each line
    public EngineLog(Level level, String device, PrintStream out) {
        this(level, device, LogLines.to(out));
    }

    private EngineLog(Level level, String device, LogLines lines) {
        this.level = level;
        this.device = device;
        this.lines = lines;
    }

    /// A log whose callers never wait for whoever reads `out`; [#flush] it at the end.
    public static EngineLog queued(Level level, String device, PrintStream out) {
        return new EngineLog(
                level,
                device,
                new LogQueue(
                        out,
                        leftOut ->
                                line("ERROR", device, leftOut + " lines are left out here: nobody has read the log")));
    }

    /// Whether [#verbose] does anything: for those who would have to put the line together.
    public boolean isVerbose() {
        return level == Level.VERBOSE;
    }

    /// What went as it should.
    public void verbose(String text) {
        if (level == Level.VERBOSE) {
            lines.add(line("DEBUG", device, text));
        }
    }

    /// What did not.
    public void error(String text) {
        if (level != Level.SILENT) {
            lines.add(line("ERROR", device, text));
        }
    }

    /// Waits, but not for long, until what was said so far is written.
    public void flush() {
        lines.flush();
    }

    private static String line(String kind, String device, String text) {
        return kind + ": (" + device + ") "
                + LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " " + KeyMask.hide(text);
    }
}
