// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;

/// Parses a port as glibc's `getaddrinfo` parses a service: `strtoul` in base 10 over the whole text, cut to an
/// `int`. When that is negative, or text is left over, the service is looked up by name. Otherwise its low 16 bits
/// count.
final class ServicePort {
    /// Stands for a name, which only a resolver knows.
    static final int NAME = -1;

    private static final long UNSIGNED_LONG_DIGITS = 20;

    private ServicePort() {}

    /// 0 to 65535, or [#NAME].
    static int parse(String text) {
        int number = number(text);
        return number < 0 ? NAME : number & 0xffff;
    }

    /// Whether `text` is parsed as another number than the one written.
    static boolean wraps(String text) {
        int port = parse(text);
        if (port == NAME) {
            return false;
        }
        int at = firstDigit(text);
        boolean minus = at > 0 && text.charAt(at - 1) == '-';
        return minus && port != 0 || significant(text, at) > 5 || Integer.parseInt(text.substring(at)) != port;
    }

    private static int number(String text) {
        int first = firstDigit(text);
        if (first == text.length()) {
            return NAME;
        }
        long value = 0;
        boolean overflow = significant(text, first) > UNSIGNED_LONG_DIGITS;
        for (int i = first; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NAME;
            }
            // Unsigned: with at most twenty digits the only overflow is of the last multiplication or addition.
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0;
            value = value * 10 + digit;
        }
        // ULONG_MAX, whose low 32 bits are -1.
        if (overflow) {
            return NAME;
        }
        boolean minus = first > 0 && text.charAt(first - 1) == '-';
        return (int) (minus ? -value : value);
    }

    /// The index after leading blanks and one sign.
    private static int firstDigit(String text) {
        int at = 0;
        while (at < text.length() && Ascii.isSpace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        return at;
    }

    /// The number of characters from `from` on without leading zeros.
    private static int significant(String text, int from) {
        int at = from;
        while (at < text.length() - 1 && text.charAt(at) == '0') {
            at++;
        }
        return text.length() - at;
    }
}
