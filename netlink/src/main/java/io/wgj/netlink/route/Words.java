// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpNumber;
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

    /// A number from 0 to `limit`.
    long number(String text, long limit, String what) throws WordException {
        long value = IpNumber.parse(text, limit);
        if (value == IpNumber.NONE) {
            throw refuse(what + " is a number from 0 to " + limit);
        }
        return value;
    }

    /// `FIRST-LAST`, or, when `single`, one number for both.
    long[] range(String text, long limit, boolean single, String what) throws WordException {
        int dash = text.indexOf('-');
        String last = dash < 0 && single ? text : text.substring(dash + 1);
        long[] range = {IpNumber.parse(dash < 0 ? last : text.substring(0, dash), limit), IpNumber.parse(last, limit)};
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
        String unsigned = text.startsWith("+") ? text.substring(1) : text;
        boolean hexadecimal = unsigned.startsWith("0x") || unsigned.startsWith("0X");
        String digits = hexadecimal ? unsigned.substring(2) : unsigned;
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
        int value = named >= 0 ? named : (int) IpNumber.parse(text, 16, 255);
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
        Optional<IpAddress> address = IpNumber.address(text);
        if (address.isEmpty()) {
            throw refuse("an IPv4 or IPv6 address is expected");
        }
        return address.get();
    }

    /// An address with or without `/length`.
    IpPrefix prefix(String text) throws WordException {
        int slash = text.indexOf('/');
        Optional<IpAddress> parsed = IpNumber.address(slash < 0 ? text : text.substring(0, slash));
        if (parsed.isEmpty()) {
            throw refuse("an IPv4 or IPv6 prefix is expected");
        }
        IpAddress address = parsed.get();
        if (slash < 0) {
            return IpPrefix.host(address);
        }
        long length = IpNumber.length(text.substring(slash + 1), address.bits());
        if (length == IpNumber.NONE) {
            throw refuse("a prefix length is 0 to " + address.bits());
        }
        return new IpPrefix(address, (int) length);
    }
}
