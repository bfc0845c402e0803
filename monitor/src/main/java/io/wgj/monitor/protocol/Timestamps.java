// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

import io.wgj.config.text.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Reads times as the monitor writes them: `2026-11-30T12:03:07Z`, with or without a fraction. `Instant.parse`
/// would load a hundred classes of formatters, which costs a short command more than everything else it does.
final class Timestamps {
    private static final String PICTURE = "dddd-dd-ddTdd:dd:dd";
    private static final int LONGEST_FRACTION = 9;

    private Timestamps() {}

    static Instant parse(String text) throws ProtocolException {
        int end = text.length() - 1;
        if (end < PICTURE.length() || text.charAt(end) != 'Z') {
            throw malformed(text);
        }
        for (int i = 0; i < PICTURE.length(); i++) {
            char wanted = PICTURE.charAt(i);
            char found = text.charAt(i);
            if (wanted == 'd' ? !Ascii.isDigit(found) : wanted != found) {
                throw malformed(text);
            }
        }
        long nanos = nanos(text, PICTURE.length(), end);
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            long seconds = number(text, 11, 13) * 3600L + number(text, 14, 16) * 60L + number(text, 17, 19);
            return Instant.ofEpochSecond(day * 86_400 + seconds, nanos);
        } catch (DateTimeException _) {
            throw malformed(text);
        }
    }

    private static long nanos(String text, int from, int end) throws ProtocolException {
        if (from == end) {
            return 0;
        }
        int digits = end - from - 1;
        if (text.charAt(from) != '.' || digits < 1 || digits > LONGEST_FRACTION) {
            throw malformed(text);
        }
        long nanos = 0;
        for (int i = 0; i < LONGEST_FRACTION; i++) {
            int digit = i < digits ? Ascii.digit(text.charAt(from + 1 + i)) : 0;
            if (digit < 0 || digit > 9) {
                throw malformed(text);
            }
            nanos = nanos * 10 + digit;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static ProtocolException malformed(String text) {
        return new ProtocolException("\"" + text + "\" is no time");
    }
}
