// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Parses numbers and addresses as ip(8) does, for which each number is one of C's `strtoul`: `+5`, hexadecimal
/// (`0x10`) or octal (`010`), the numbers of an IPv4 address too. An IPv4 address may have fewer than four of
/// them (the rest is zero), and its prefix length may be a mask.
public final class IpNumber {
    /// What stands for "no number": all of ours are 0 or more.
    public static final long NONE = -1;

    private IpNumber() {}

    /// The number, or [#NONE] when `text` is no number or is above `max` (at most 32 bits).
    public static long parse(String text, long max) {
        int start = text.startsWith("+") ? 1 : 0;
        return parse(text, isHexadecimal(text, start) ? 16 : text.startsWith("0", start) ? 8 : 10, max);
    }

    /// The same in one base, where `0x` may stand in front of a hexadecimal number.
    public static long parse(String text, int radix, long max) {
        int start = text.startsWith("+") ? 1 : 0;
        int from = radix == 16 && isHexadecimal(text, start) ? start + 2 : start;
        if (from == text.length()) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Ascii.digit(text.charAt(i));
            if (digit < 0 || digit >= radix) {
                return NONE;
            }
            value = value * radix + digit;
            if (value > max) {
                return NONE;
            }
        }
        return value;
    }

    private static boolean isHexadecimal(String text, int from) {
        return text.startsWith("0x", from) || text.startsWith("0X", from);
    }

    /// The address and length of `ip address add`; a missing length is the whole address. Bits behind the length
    /// stay.
    public static Optional<IpPrefix> prefix(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().bits();
        long length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
        return length == NONE ? Optional.empty() : Optional.of(new IpPrefix(address.get(), (int) length));
    }

    /// The length of a prefix of an address of `bits` bits, or [#NONE]. For IPv4 it may be a mask without gaps.
    public static long length(String text, int bits) {
        long length = parse(text, bits);
        if (length != NONE || bits == 128) {
            return length;
        }
        Optional<IpAddress> mask = text.indexOf('.') < 0 ? Optional.empty() : address(text);
        if (mask.isEmpty()) {
            return NONE;
        }
        int ones = Long.numberOfLeadingZeros(~(mask.get().low() << 32));
        return mask.get().masked(ones).low() == mask.get().low() ? ones : NONE;
    }

    /// An address of either family; empty when `text` is none.
    public static Optional<IpAddress> address(String text) {
        if (text.indexOf(':') >= 0) {
            return IpAddress.parse(text);
        }
        int bits = 0;
        int from = 0;
        for (int part = 0; part < 4; part++) {
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? text.length() : dot;
            long value = parse(text.substring(from, end), 255);
            if (value == NONE) {
                return Optional.empty();
            }
            bits |= (int) value << 24 - 8 * part;
            if (dot < 0) {
                return Optional.of(IpAddress.ofV4(bits));
            }
            from = dot + 1;
        }
        return Optional.empty();
    }
}
