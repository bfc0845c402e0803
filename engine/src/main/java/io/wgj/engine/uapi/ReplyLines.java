// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;

/// Walks the lines of one reply up to its empty line.
final class ReplyLines {
    static final String ENDS_EARLY = "the reply ends early";

    private final String text;
    private final int firstNul;
    private int start;
    private int equalsSign;
    private int end = -1;

    ReplyLines(String text) {
        this.text = text;
        firstNul = text.indexOf('\0');
    }

    /// Whether the text has no further line. A whole reply ends with its empty line before.
    boolean areOver() {
        return end + 1 >= text.length();
    }

    /// Moves to the next line; false at the empty line that ends the reply.
    ///
    /// @throws DeviceException (`EPROTO`) for a line without `=` or with a NUL, and when the text ends first
    boolean next() throws DeviceException {
        start = end + 1;
        end = text.indexOf('\n', start);
        if (end < 0) {
            throw UapiErrors.malformed(ENDS_EARLY);
        }
        if (end == start) {
            return false;
        }
        equalsSign = text.indexOf('=', start);
        if (equalsSign < 0 || equalsSign > end) {
            throw UapiErrors.malformed("the reply has a line without '='");
        }
        if (firstNul >= 0 && firstNul < end) {
            throw UapiErrors.malformed("the reply has a NUL");
        }
        return true;
    }

    /// The text before the first `=`.
    String key() {
        return text.substring(start, equalsSign);
    }

    /// The text behind it.
    String value() {
        return text.substring(equalsSign + 1, end);
    }
}
