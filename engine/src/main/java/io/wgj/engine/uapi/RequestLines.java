// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.Arrays;

/// Reads the lines of one connection, one at a time: a request of a million lines takes no more room than its
/// longest. Lines may hold keys, so they are bytes and are wiped.
final class RequestLines implements AutoCloseable {
    /// The longest line, as in wireguard-go.
    static final int LONGEST = (1 << 16) - 1;

    private final UnixStream stream;
    private final byte[] buffer = new byte[2 * (LONGEST + 1)];
    private int lineStart;
    private int lineEnd;
    private int next;
    private int end;
    private boolean truncated;

    RequestLines(UnixStream stream) {
        this.stream = stream;
    }

    /// Moves to the next line; false when the connection has ended. A line without its end does not count.
    ///
    /// @throws SystemException `EAGAIN` when the client took too long; the caller may call again
    boolean next() throws SystemException {
        int searched = next;
        truncated = false;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    lineStart = next;
                    lineEnd = i;
                    next = i + 1;
                    return true;
                }
            }
            if (end - next > LONGEST) {
                // The beginning is enough to refuse it.
                truncated = true;
                Arrays.fill(buffer, next + 1, end, (byte) 0);
                end = next + 1;
            }
            searched = end;
            if (end == buffer.length) {
                compact();
                searched = end;
            }
            int got = stream.read(buffer, end, buffer.length - end);
            if (got == 0) {
                return false;
            }
            end += got;
        }
    }

    private void compact() {
        System.arraycopy(buffer, next, buffer, 0, end - next);
        end -= next;
        next = 0;
        Arrays.fill(buffer, end, buffer.length, (byte) 0);
    }

    /// Removes a CR at the end of the line, for lines that end with CR LF.
    void dropCarriageReturn() {
        if (lineEnd > lineStart && buffer[lineEnd - 1] == '\r') {
            lineEnd--;
        }
    }

    /// Whether a request has begun to come in that [#next()] has not returned.
    boolean hasBegun() {
        return end > next;
    }

    boolean isEmpty() {
        return lineStart == lineEnd && !truncated;
    }

    /// The line as text. Not for keys.
    String text() {
        return text(lineStart, lineEnd);
    }

    /// Where the value starts, behind the first `=`; -1 when there is none.
    int value() {
        for (int i = lineStart; i < lineEnd; i++) {
            if (buffer[i] == '=') {
                return i + 1;
            }
        }
        return -1;
    }

    /// The text before the value that starts at `value`, without the `=`.
    String key(int value) {
        return text(lineStart, value - 1);
    }

    /// The value as text. Not for keys.
    String value(int value) {
        return text(value, lineEnd);
    }

    byte[] bytes() {
        return buffer;
    }

    int end() {
        return lineEnd;
    }

    /// Whether the line starts with `prefix`.
    boolean startsWith(byte[] prefix) {
        return lineEnd - lineStart >= prefix.length
                && Arrays.equals(buffer, lineStart, lineStart + prefix.length, prefix, 0, prefix.length);
    }

    /// The length of the line, its end included.
    int length() {
        return lineEnd - lineStart + 1;
    }

    /// @throws RequestException when the line was longer than [#LONGEST] and was cut
    void requireWhole() throws RequestException {
        if (truncated) {
            throw new RequestException(Errno.EIO, "a line of more than " + LONGEST + " bytes");
        }
    }

    @SuppressWarnings("deprecation") // The one constructor that takes bytes as characters without a charset look-up.
    private String text(int from, int to) {
        return new String(buffer, 0, from, to - from);
    }

    /// Wipes everything that came in so far.
    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
    }
}
