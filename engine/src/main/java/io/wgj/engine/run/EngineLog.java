// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

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
    private final PrintStream out;

    /// @param device the interface's name, a part of each line
    public EngineLog(Level level, String device, PrintStream out) {
        this.level = level;
        this.device = device;
        this.out = out;
    }

    /// Whether [#verbose] does anything: for those who would have to put the line together.
    public boolean isVerbose() {
        return level == Level.VERBOSE;
    }

    /// What went as it should.
    public void verbose(String text) {
        if (level == Level.VERBOSE) {
            line("DEBUG", text);
        }
    }

    /// What did not.
    public void error(String text) {
        if (level != Level.SILENT) {
            line("ERROR", text);
        }
    }

    private void line(String kind, String text) {
        out.println(kind + ": (" + device + ") "
                + LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " " + text);
    }
}
