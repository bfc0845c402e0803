// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.key.KeyMask;
import io.wgj.netlink.sys.SystemException;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Log lines about what the engine does, in wireguard-go's form: `DEBUG: (wg0) 2026/01/31 23:59:59 text`. In
/// the background they go to the system log. Thread-safe. Secrets are never logged, nor a line for each
/// packet.
public final class EngineLog {
    /// How much is logged. Each level includes the one before.
    public enum Level {
        SILENT,
        ERROR,
        VERBOSE;

        /// The level in `LOG_LEVEL`: `verbose` or `debug`, `silent`; everything else, and nothing, is
        /// [#ERROR].
        public static Level of(String variable) {
            return switch (variable.toLowerCase(Locale.ROOT)) {
                case "verbose", "debug" -> VERBOSE;
                case "silent" -> SILENT;
                default -> ERROR;
            };
        }

        /// The level of exactly this name: `verbose`, `error` or `silent`.
        public static Optional<Level> named(String word) {
            return switch (word) {
                case "verbose" -> Optional.of(VERBOSE);
                case "error" -> Optional.of(ERROR);
                case "silent" -> Optional.of(SILENT);
                default -> Optional.empty();
            };
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);

    private volatile Level level;
    private final String device;
    private final LogLines lines;
    private volatile boolean inBackground;
    private volatile @Nullable SystemLog systemLog;
    private volatile Optional<String> lastError = Optional.empty();

    /// @param device the interface's name, a part of each line
    public EngineLog(Level level, String device, PrintStream out) {
        this(level, device, LogLines.to(out));
    }

    private EngineLog(Level level, String device, LogLines lines) {
        this.level = level;
        this.device = device;
        this.lines = lines;
    }

    /// A log whose callers never wait for the reader of `out`; [#flush] it at the end.
    public static EngineLog queued(Level level, String device, PrintStream out) {
        return new EngineLog(
                level,
                device,
                new LogQueue(
                        out,
                        leftOut -> line(
                                "ERROR", device, leftOut + " lines are missing here: the log was not read in time")));
    }

    /// Whether [#verbose] does anything, for callers that would have to build the line.
    public boolean isVerbose() {
        return level == Level.VERBOSE;
    }

    /// Sets how much is logged from now on.
    public void setLevel(Level now) {
        level = now;
    }

    /// Logs normal operation.
    public void verbose(String text) {
        if (level == Level.VERBOSE) {
            add(SystemLog.DEBUG, "DEBUG", text);
        }
    }

    /// Logs an error.
    public void error(String text) {
        lastError = Optional.of(now() + " " + KeyMask.hide(text));
        if (level != Level.SILENT) {
            add(SystemLog.ERROR, "ERROR", text);
        }
    }

    /// The last line given to [#error], at any level, with its time in front.
    public Optional<String> lastError() {
        return lastError;
    }

    /// Writes what was logged so far; what follows goes to the system log, if there is one. The stream may be
    /// closed then.
    public void goToBackground() {
        flush();
        try {
            systemLog = SystemLog.open(SystemLog.PATH);
        } catch (SystemException _) {
            // Without a socket there is nothing to write to.
            systemLog = null;
        }
        inBackground = true;
    }

    /// Loads everything that [#error] needs, and writes nothing.
    void warmUp(String text) {
        boolean _ = line("ERROR", device, text).isEmpty();
    }

    private void add(int priority, String kind, String text) {
        SystemLog background = systemLog;
        if (!inBackground) {
            lines.add(line(kind, device, text));
        } else if (background != null) {
            background.add(priority, "(" + device + ") " + KeyMask.hide(text));
        }
    }

    /// Waits, but not for long, until everything so far is written.
    public void flush() {
        lines.flush();
    }

    private static String line(String kind, String device, String text) {
        return kind + ": (" + device + ") " + now() + " " + KeyMask.hide(text);
    }

    private static String now() {
        return LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    }
}
