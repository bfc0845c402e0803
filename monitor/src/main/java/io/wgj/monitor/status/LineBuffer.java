// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a client's bytes into lines. Holds one line of the longest length at most, however much the client
/// sends.
final class LineBuffer {
    private static final int FIRST_SIZE = 256;

    private final int longest;
    private byte[] bytes = new byte[FIRST_SIZE];
    private int start;
    private int end;

    /// @param longest the longest line, without its line end
    LineBuffer(int longest) {
        this.longest = longest;
    }

    /// How many bytes [#add] takes now. At least one, unless a whole line or one that is too long is held.
    int room() {
        return longest + 1 - (end - start);
    }

    /// Takes bytes, no more than [#room].
    void add(ByteBuffer more) {
        int length = more.remaining();
        if (end + length > bytes.length) {
            int held = end - start;
            byte[] into = held + length > bytes.length ? new byte[Math.max(held + length, 2 * bytes.length)] : bytes;
            System.arraycopy(bytes, start, into, 0, held);
            bytes = into;
            start = 0;
            end = held;
        }
        more.get(bytes, end, length);
        end += length;
    }

    /// The next whole line without its line end (LF or CR LF); null when there is none yet.
    byte @Nullable [] next() {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                int last = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                byte[] line = Arrays.copyOfRange(bytes, start, last);
                start = i + 1;
                return line;
            }
        }
        return null;
    }

    /// Whether the line that has begun is longer than allowed. Call it when [#next] has no line.
    boolean isTooLong() {
        return end - start > longest;
    }
}
