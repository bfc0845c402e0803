// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.config.text.Latin1;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads lines as they arrive, a byte a char. A line ends with a newline, with or without a carriage return before
/// it, or at the end of the input.
final class CommandLines {
    /// In bytes. The kernel lets a program have twice as many bytes of words (execve(2)).
    static final int LONGEST = 1 << 20;

    private static final int CHUNK = 1 << 13;

    private final Source source;
    private final byte[] chunk = new byte[CHUNK];
    private int chunkAt;
    private int chunkEnd;
    private byte[] line = new byte[CHUNK];
    private int number;

    /// Where bytes come from.
    @FunctionalInterface
    interface Source {
        /// Reads at least one byte; 0 or less at the end.
        int read(byte[] into, int offset, int length) throws IOException;
    }

    /// One line.
    ///
    /// @param number counted from 1
    /// @param text without its end; of a line that is longer than [#LONGEST], its start
    /// @param tooLong whether it is
    record Line(int number, String text, boolean tooLong) {}

    CommandLines(Source source) {
        this.source = source;
    }

    /// The next line; null at the end.
    @Nullable
    Line next() throws IOException {
        int length = 0;
        boolean any = false;
        while (fill()) {
            any = true;
            int end = chunkAt;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            length = add(length, end);
            chunkAt = end;
            if (end < chunkEnd) {
                chunkAt++;
                break;
            }
        }
        if (!any) {
            return null;
        }
        number++;
        boolean tooLong = length > LONGEST;
        int kept = Math.min(length, LONGEST);
        if (!tooLong && kept > 0 && line[kept - 1] == '\r') {
            kept--;
        }
        return new Line(number, Latin1.of(line, kept), tooLong);
    }

    private boolean fill() throws IOException {
        if (chunkAt == chunkEnd) {
            chunkAt = 0;
            chunkEnd = Math.max(0, source.read(chunk, 0, CHUNK));
        }
        return chunkAt < chunkEnd;
    }

    /// Adds the chunk up to `end` to the line, as far as the line is kept; the line's length, which saturates just
    /// above [#LONGEST].
    private int add(int length, int end) {
        int count = Math.min(end - chunkAt, LONGEST + 1 - length);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST + 1, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(chunk, chunkAt, line, length, count);
        return length + count;
    }
}
