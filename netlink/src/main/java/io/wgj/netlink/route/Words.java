// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads words of ip(8) one by one from the left.
final class Words {
    private static final long U32 = 0xffff_ffffL;

    private final List<String> words;
    private int next;

    Words(List<String> words) {
        this.words = words;
    }

    boolean hasNext() {
        return next < words.size();
    }

    /// The next word without taking it; empty at the end.
    String peek() {
        return hasNext() ? words.get(next) : "";
    }

    String take() {
        return words.get(next++);
    }

    /// The value of `keyword`: the next word.
    String valueOf(String keyword) throws WordException {
        if (!hasNext()) {
            throw missing("a value is missing behind `" + keyword + "'");
        }
        return take();
    }

    /// The error for the word that was read last.
    WordException refuse(String reason) {
        return new WordException(next - 1, words.get(next - 1), reason);
    }

    /// The error for a missing word at the end.
    WordException missing(String reason) {
        return new WordException(next, "", reason);
    }

    int table(String text, TableNames tables) throws WordException {
        OptionalInt table = tables.parse(text);
        if (table.isEmpty()) {
            throw refuse("neither a number nor the name of a routing table");
        }
        return table.getAsInt();
    }

    int named(String text, NumberNames names, String what) throws WordException {
        int number = names.parse(text);
        if (number < 0) {
            throw refuse(what + " is a name that wgj knows or a number from 0 to 255");
        }
        return number;
    }

    /// A number as `strtoul` reads it with base 0 (`0x10`, `010`), 0 to `limit`.
    long number(String text, long limit, String what) throws WordException {
        long value = number(text, limit);
        if (value < 0) {
            throw refuse(what + " is a number from 0 to " + limit);
        }
        return value;
    }

    /// `FIRST-LAST`, or, when `single`, one number for both.
    long[] range(String text, long limit, boolean single, String what) throws WordException {
        int dash = text.indexOf('-');
        String last = dash < 0 && single ? text : text.substring(dash + 1);
        long[] range = {number(dash < 0 ? last : text.substring(0, dash), limit), number(last, limit)};
        if (dash < 0 && !single || range[0] < 0 || range[1] < range[0]) {
            throw refuse(what + " from 0 to " + limit + " is expected, the lower number first");
        }
        return range;
    }

    /// 32 bits unsigned.
    int u32(String text, String what) throws WordException {
        return (int) number(text, U32, what);
    }

    /// 64 bits unsigned.
    long u64(String text, String what) throws WordException {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        String digits = hexadecimal ? text.substring(2) : text;
        try {
            if (!digits.isEmpty() && digits.charAt(0) != '+') {
                boolean octal = !hexadecimal && digits.length() > 1 && digits.charAt(0) == '0';
                return Long.parseUnsignedLong(digits, hexadecimal ? 16 : octal ? 8 : 10);
            }
        } catch (NumberFormatException _) {
            // Reported below.
        }
        throw refuse(what + " is a number from 0 to 18446744073709551615");
    }

    /// A name of ip(8), or a hexadecimal number: ip(8) reads hexadecimal by default only here.
    int typeOfService(String text) throws WordException {
        int named = NumberNames.TYPES_OF_SERVICE.named(text);
        boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
        int value = named >= 0 ? named : (int) digits(prefixed ? text.substring(2) : text, 16, 255);
        if (value < 0) {
            throw refuse("a type of service is a name such as AF11, or hexadecimal, 0 to ff");
        }
        return value;
    }

    /// `[SOURCE/]DESTINATION`, numbers from 0 to 255 each; names of realms are not read. Without a slash,
    /// both as one number.
    int realms(String text) throws WordException {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.equals("cosmos") ? 0 : u32(text, "a realm");
        }
        return realm(text.substring(0, slash)) << 16 | realm(text.substring(slash + 1));
    }

    private int realm(String text) throws WordException {
        return text.isEmpty() || text.equals("cosmos") ? 0 : (int) number(text, 255, "a realm");
    }

    static String realmsText(int realms) {
        int source = realms >>> 16;
        int destination = realms & 0xffff;
        if (source > 255 || destination > 255) {
            return "0x" + Integer.toHexString(realms);
        }
        return source == 0 ? "" + destination : source + "/" + destination;
    }

    /// A valid name of a link.
    String device(String name) throws WordException {
        boolean good =
                !name.isEmpty() && name.length() <= DeviceName.MAX_LENGTH && !name.equals(".") && !name.equals("..");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &= c > ' ' && c != '/' && c != ':' && c != 0x7f;
        }
        if (!good) {
            throw refuse("a device's name has 1 to 15 characters, without blanks, `/' and `:'");
        }
        return name;
    }

    IpAddress address(String text) throws WordException {
        Optional<IpAddress> address = address(text, 4);
        if (address.isEmpty()) {
            throw refuse("an IPv4 or IPv6 address is expected");
        }
        return address.get();
    }

    /// An IPv6 address, or at least `least` of the numbers of an IPv4 address.
    private static Optional<IpAddress> address(String text, int least) {
        if (text.indexOf(':') >= 0) {
            return IpAddress.parse(text);
        }
        long bits = parseV4(text, least);
        return bits < 0 ? Optional.empty() : Optional.of(IpAddress.ofV4((int) bits));
    }

    /// One to four decimal numbers up to 255, zeros for those that are missing, as ip(8) reads `10/8`. -1 for
    /// anything else and for fewer than `least` numbers.
    private static long parseV4(String text, int least) {
        long bits = 0;
        int parts = 0;
        int from = 0;
        while (from <= text.length() && parts < 4) {
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? text.length() : dot;
            long part = digits(text.substring(from, end), 10, 255);
            if (part < 0) {
                return -1;
            }
            bits = bits << 8 | part;
            parts++;
            from = end + 1;
        }
        return from <= text.length() || parts < least ? -1 : bits << 8 * (4 - parts);
    }

    /// An address with or without `/length`. For IPv4 the length may be a mask, and the address may be short:
    /// `10/8`.
    IpPrefix prefix(String text) throws WordException {
        int slash = text.indexOf('/');
        String head = slash < 0 ? text : text.substring(0, slash);
        Optional<IpAddress> parsed = address(head, 1);
        if (parsed.isEmpty()) {
            throw refuse("an IPv4 or IPv6 prefix is expected");
        }
        IpAddress address = parsed.get();
        if (slash < 0) {
            return IpPrefix.host(address);
        }
        String tail = text.substring(slash + 1);
        int length = address.family() == IpFamily.V6 || tail.indexOf('.') < 0
                ? (int) number(tail, address.bits())
                : maskLength(parseV4(tail, 4));
        if (length < 0) {
            throw refuse("a prefix length is 0 to " + address.bits());
        }
        return new IpPrefix(address, length);
    }

    /// The leading bits of a contiguous mask; -1 for any other mask.
    private static int maskLength(long mask) {
        if (mask < 0) {
            return -1;
        }
        int length = Integer.numberOfLeadingZeros(~(int) mask);
        return mask == (length == 0 ? 0 : U32 << 32 - length & U32) ? length : -1;
    }

    /// -1 when `text` is not a number from 0 to `limit`.
    static long number(String text, long limit) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return digits(text.substring(2), 16, limit);
        }
        boolean octal = text.length() > 1 && text.charAt(0) == '0';
        return digits(text, octal ? 8 : 10, limit);
    }

    /// -1 unless `text` is digits of `radix` alone that make 0 to `limit` (at most 32 bits).
    static long digits(String text, int radix, long limit) {
        long value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length() && value >= 0; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            value = digit < 0 ? -1 : value * radix + digit;
            value = value > limit ? -1 : value;
        }
        return value;
    }
}
