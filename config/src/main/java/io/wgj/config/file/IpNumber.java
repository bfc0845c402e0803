// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Parses numbers and addresses as ip(8) does for wg-quick. A number may be hexadecimal (`0x`) or octal (`0`). An
/// IPv4 address may have fewer than four parts (the rest is zero), and its prefix length may be a mask.
final class IpNumber {
    static final long NONE = -1;

    private IpNumber() {}

    /// The number, or [#NONE] when `signed` is no number or is above `max`.
    static long parse(String signed, long max) {
        String text = signed.startsWith("+") ? signed.substring(1) : signed;
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        int radix = hexadecimal ? 16 : text.startsWith("0") ? 8 : 10;
        int from = hexadecimal ? 2 : 0;
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

    /// The address and length of `ip address add`; a missing length is the whole address.
    static Optional<IpPrefix> prefix(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().bits();
        long length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
        return length == NONE ? Optional.empty() : Optional.of(new IpPrefix(address.get(), (int) length));
    }

    private static long length(String text, int bits) {
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

    private static Optional<IpAddress> address(String text) {
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
