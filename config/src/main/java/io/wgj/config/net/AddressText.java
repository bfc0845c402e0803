// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Reads addresses as `inet_pton` does and writes them as `inet_ntop` does (RFC 4291 section 2.2; RFC 5952
/// except for the dotted quads that glibc keeps).
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    static Optional<IpAddress> parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long bits = parseV4(text, 0);
        return bits < 0 ? Optional.empty() : Optional.of(IpAddress.ofV4((int) bits));
    }

    static String format(IpAddress address) {
        StringBuilder out = new StringBuilder(40);
        if (address.family() == IpFamily.V6) {
            formatV6(out, address);
        } else {
            formatV4(out, address.low());
        }
        return out.toString();
    }

    /// Four decimal numbers up to 255 without leading zeros, from `from` to the end of `text`; -1 for
    /// anything else.
    private static long parseV4(String text, int from) {
        long bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            if (part > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
                return -1;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
                value = value * 10 + (text.charAt(at++) - '0');
                if (value > 255) {
                    return -1;
                }
            }
            int digits = at - start;
            if (digits == 0 || digits > 1 && text.charAt(start) == '0') {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return at == text.length() ? bits : -1;
    }

    private static Optional<IpAddress> parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        int length = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        } else if (text.charAt(0) == ':') {
            return Optional.empty();
        }
        while (at < length) {
            int start = at;
            int value = 0;
            while (at < length && at - start < 4 && Ascii.digit(text.charAt(at)) >= 0) {
                value = value << 4 | Ascii.digit(text.charAt(at++));
            }
            if (at < length && text.charAt(at) == '.') {
                long quad = count <= GROUPS - 2 ? parseV4(text, start) : -1;
                if (quad < 0) {
                    return Optional.empty();
                }
                groups[count++] = (int) (quad >>> 16);
                groups[count++] = (int) (quad & 0xffff);
                at = length;
                break;
            }
            if (at == start || count == GROUPS) {
                return Optional.empty();
            }
            groups[count++] = value;
            if (at == length) {
                break;
            }
            if (text.charAt(at++) != ':' || at == length) {
                return Optional.empty();
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                at++;
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return Optional.empty();
        }
        return Optional.of(ofGroups(groups, count, gap < 0 ? count : gap));
    }

    /// The first `gap` of the `count` groups stand in front, the others at the end, zeros between them.
    private static IpAddress ofGroups(int[] groups, int count, int gap) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = GROUPS - i;
            int group = i < gap ? groups[i] : fromEnd <= count - gap ? groups[count - fromEnd] : 0;
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return IpAddress.ofV6(high, low);
    }

    private static void formatV4(StringBuilder out, long bits) {
        out.append(bits >>> 24 & 255).append('.').append(bits >>> 16 & 255).append('.');
        out.append(bits >>> 8 & 255).append('.').append(bits & 255);
    }

    private static void formatV6(StringBuilder out, IpAddress address) {
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(address, i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gap = i;
                gapLength = run;
            }
            i += run;
        }
        boolean mapped = gap == 0 && gapLength == 5 && group(address, 5) == 0xffff;
        boolean quadAtEnd = gap == 0 && gapLength == 6 || mapped;
        int last = quadAtEnd ? 6 : GROUPS;
        for (int i = 0; i < last; i++) {
            if (i == gap) {
                out.append(':');
                i += gapLength - 1;
                if (i == last - 1) {
                    out.append(':');
                }
                continue;
            }
            if (i > 0) {
                out.append(':');
            }
            appendHex(out, group(address, i));
        }
        if (quadAtEnd) {
            if (mapped) {
                out.append(':');
            }
            formatV4(out, address.low());
        }
    }

    private static int group(IpAddress address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    private static void appendHex(StringBuilder out, int group) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 15;
            started |= digit != 0 || shift == 0;
            if (started) {
                out.append((char) (digit < 10 ? '0' + digit : 'a' + digit - 10));
            }
        }
    }
}
