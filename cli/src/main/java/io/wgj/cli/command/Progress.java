// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.cli.host.Host;
import java.util.OptionalInt;

/// A line about work that takes longer than a second, on standard error and only where that is a terminal. The
/// line is written again in its place, five times a second at most, and removed when the work ends.
public final class Progress implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PAUSE_NANOS = NANOS_PER_SECOND / 5;
    /// To the start of the line, and erase it (ECMA-48, EL).
    private static final String ERASE = "\r\u001b[K";

    private static final int USUAL_WIDTH = 80;

    private final Host host;
    private final String what;
    private final String unit;
    private final boolean isWanted;
    private final int width;
    private final long start;
    private long next;
    private boolean isShown;

    private Progress(Host host, String what, String unit, OptionalInt terminal) {
        this.host = host;
        this.what = what;
        this.unit = unit;
        this.isWanted = terminal.isPresent();
        this.width = terminal.orElse(0) > 0 ? terminal.getAsInt() : USUAL_WIDTH;
        this.start = host.bootNanos();
        this.next = start + NANOS_PER_SECOND;
    }

    /// Work that begins now.
    ///
    /// @param what is done, with which the line begins
    /// @param unit of which parts are counted, in the plural
    public static Progress of(Host host, String what, String unit) {
        String term = host.env("TERM");
        boolean obeysEscapes = term != null && !term.isEmpty() && !term.equals("dumb");
        return new Progress(host, what, unit, obeysEscapes ? host.errorTerminal() : OptionalInt.empty());
    }

    /// Work of which nothing is shown.
    public static Progress none(Host host) {
        return new Progress(host, "", "", OptionalInt.empty());
    }

    /// Reports how much is done. Cheap enough for each part of the work.
    ///
    /// @param total of the parts; 0 when it is unknown
    public void at(long done, long total) {
        if (!isWanted) {
            return;
        }
        long now = host.bootNanos();
        if (now < next) {
            return;
        }
        next = now + PAUSE_NANOS;
        String line = "wgj: " + what + ": " + done + (total > 0 ? " of " + total : "") + " " + unit + ", "
                + (now - start) / NANOS_PER_SECOND + " s";
        // A line that wraps could not be erased.
        host.err((isShown ? ERASE : "") + (line.length() < width ? line : line.substring(0, Math.max(width - 1, 0))));
        isShown = true;
    }

    /// Removes the line. Call it before anything else is written to the terminal.
    public void clear() {
        if (isShown) {
            isShown = false;
            host.err(ERASE);
        }
    }

    @Override
    public void close() {
        clear();
    }
}
