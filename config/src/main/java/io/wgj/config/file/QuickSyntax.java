// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpNumber;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Parses the values of wg-quick's and wgj's keys. It refuses values with which wg-quick would start and fail
/// half-way. Such a [ValueException] has an empty `wgLine`, because wg-quick has no words for it.
final class QuickSyntax {
    private static final long TABLE_MAX = 0xffff_ffffL;
    private static final String UNDERLAY_HINT = "write [dev DEVICE] [via ADDRESS] [src ADDRESS]";

    private QuickSyntax() {}

    /// The elements between commas and blanks.
    static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean end = i == value.length() || value.charAt(i) == ',' || Ascii.isSpace(value.charAt(i));
            if (end && i > start) {
                words.add(value.substring(start, i));
            }
            if (end) {
                start = i + 1;
            }
        }
        return words;
    }

    /// The words between blanks, as ip(8) gets them; at least one.
    static List<String> ipWords(String value) throws ValueException {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean end = i == value.length() || Ascii.isSpace(value.charAt(i));
            if (end && i > start) {
                words.add(value.substring(start, i));
            }
            if (end) {
                start = i + 1;
            }
        }
        if (words.isEmpty()) {
            throw refused("the value is missing", "remove the line, or write the words of ip(8)");
        }
        return words;
    }

    static IpPrefix address(String word) throws ValueException {
        Optional<IpPrefix> prefix = IpNumber.prefix(word);
        if (prefix.isEmpty()) {
            throw refused(
                    "\"" + word + "\" is not an address with a prefix length", "write it as 10.0.0.1/24 or fd00::1/64");
        }
        return prefix.get();
    }

    /// The MTU in bytes; empty for empty text.
    static OptionalInt mtu(String value) throws ValueException {
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        long mtu = IpNumber.parse(value, Integer.MAX_VALUE);
        if (mtu == IpNumber.NONE) {
            throw refused("an MTU is a number of bytes", "remove the line to have one chosen");
        }
        return OptionalInt.of((int) mtu);
    }

    static RouteTable table(String value) {
        if (value.isEmpty() || value.equals("auto")) {
            return new RouteTable.Auto();
        }
        if (value.equals("off")) {
            return new RouteTable.Off();
        }
        long number = IpNumber.parse(value, TABLE_MAX);
        return number == IpNumber.NONE ? new RouteTable.Named(value) : new RouteTable.Numbered((int) number, value);
    }

    /// The remark on a table's name that is probably `auto` or `off` in the wrong case.
    static Optional<String> tableAdvice(String value) {
        boolean exact = value.equals("auto") || value.equals("off");
        boolean meant = Ascii.equalsIgnoreCase(value, "auto") || Ascii.equalsIgnoreCase(value, "off");
        return meant && !exact
                ? Optional.of("\"" + value + "\" is taken for the name of a table: auto and off are lower case")
                : Optional.empty();
    }

    static boolean saveConfig(String value) throws ValueException {
        if (Ascii.equalsIgnoreCase(value, "true")) {
            return true;
        }
        if (Ascii.equalsIgnoreCase(value, "false")) {
            return false;
        }
        throw new ValueException(
                "wg-quick: `" + value + "' is neither true nor false", "SaveConfig is true or false", "");
    }

    /// Whether an element of `DNS` is a name server to wg-quick; otherwise it is a search domain.
    static boolean isNameServer(String word) {
        boolean digitsAndDots = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == ':') {
                return true;
            }
            digitsAndDots &= Ascii.isDigit(c) || c == '.';
        }
        return digitsAndDots;
    }

    /// A path or a command: any text but the empty one.
    static String text(String value) throws ValueException {
        if (value.isEmpty()) {
            throw refused("the value is missing", "remove the line to leave it unset");
        }
        return value;
    }

    /// The networks, host bits cleared; at least one.
    static List<IpPrefix> networks(String value) throws ValueException {
        List<IpPrefix> networks = new ArrayList<>();
        for (String word : words(value)) {
            Optional<IpPrefix> prefix = IpNumber.prefix(word);
            if (prefix.isEmpty()) {
                throw refused("\"" + word + "\" is not a network", "write networks as 192.0.2.0/24 or 2001:db8::/32");
            }
            networks.add(prefix.get().masked());
        }
        if (networks.isEmpty()) {
            throw refused("the networks are missing", "remove the line to allow any network");
        }
        return networks;
    }

    static Underlay underlay(String value) throws ValueException {
        List<String> words = ipWords(value);
        Optional<InterfaceName> dev = Optional.empty();
        Optional<IpAddress> via = Optional.empty();
        Optional<IpAddress> src = Optional.empty();
        for (int i = 0; i < words.size(); i += 2) {
            String word = words.get(i);
            if (i + 1 == words.size()) {
                boolean keyword = word.equals("dev") || word.equals("via") || word.equals("src");
                throw refused(
                        "\"" + word + "\" needs "
                                + (keyword
                                        ? "a value after it"
                                        : "dev, via or src before it, as in `dev " + word + "'"),
                        UNDERLAY_HINT);
            }
            String argument = words.get(i + 1);
            if (word.equals("dev") && dev.isEmpty()) {
                dev = InterfaceName.parse(argument);
            } else if (word.equals("via") && via.isEmpty()) {
                via = IpAddress.parse(argument);
            } else if (word.equals("src") && src.isEmpty()) {
                src = IpAddress.parse(argument);
            } else {
                throw refused("\"" + word + "\" is not dev, via or src, or is repeated", UNDERLAY_HINT);
            }
            boolean taken =
                    word.equals("dev") ? dev.isPresent() : word.equals("via") ? via.isPresent() : src.isPresent();
            if (!taken) {
                throw refused("\"" + argument + "\" is not what " + word + " takes", UNDERLAY_HINT);
            }
        }
        if (via.isPresent()
                && src.isPresent()
                && via.get().family() != src.get().family()) {
            throw refused("via and src are of two families", "write a line for each family");
        }
        return new Underlay(dev, via, src);
    }

    /// `10.0.0.1`, `10.0.0.1 every 5s`.
    static Probe probe(String value) throws ValueException {
        List<String> words = ipWords(value);
        Optional<IpAddress> address = IpAddress.parse(words.getFirst());
        boolean shape = words.size() == 1 || words.size() == 3 && words.get(1).equals("every");
        if (address.isEmpty() || !shape) {
            throw refused("a probe is an address, and how often it is asked", "write it as 10.0.0.1 every 5s");
        }
        Duration every = words.size() == 1 ? Probe.DEFAULT_INTERVAL : duration(words.get(2));
        if (every.compareTo(Probe.SHORTEST_INTERVAL) < 0) {
            throw refused("a probe is sent at most five times a second", "write every 200ms, or more");
        }
        return new Probe(address.get(), every);
    }

    static Withdrawal withdrawal(String value) throws ValueException {
        if (Ascii.equalsIgnoreCase(value, "remove")) {
            return Withdrawal.REMOVE;
        }
        if (Ascii.equalsIgnoreCase(value, "blackhole")) {
            return Withdrawal.BLACKHOLE;
        }
        throw refused("WithdrawRoutes is remove or blackhole", "remove the line to have the routes removed");
    }

    /// A sum of numbers with units (`ms`, `s`, `m`, `h`, `d`) in any order: `90s`, `1m30s`. A number alone is
    /// seconds. The sum is more than zero, and each part is at most about thirty years.
    static Duration duration(String value) throws ValueException {
        long millis = 0;
        int at = 0;
        boolean good = !value.isEmpty();
        while (good && at < value.length()) {
            int digits = at;
            while (at < value.length() && Ascii.isDigit(value.charAt(at))) {
                at++;
            }
            int unit = at;
            while (at < value.length() && Ascii.isLetter(value.charAt(at))) {
                at++;
            }
            long factor = factor(value.substring(unit, at), digits == 0);
            good = unit > digits && unit - digits <= 9 && factor > 0;
            millis += good ? Long.parseLong(value.substring(digits, unit)) * factor : 0;
        }
        if (!good || millis == 0) {
            throw refused("a duration is a number and a unit: ms, s, m, h or d", "write it as 90s or 1m30s");
        }
        return Duration.ofMillis(millis);
    }

    /// The milliseconds of a unit; 0 for an unknown one.
    private static long factor(String unit, boolean first) {
        if (unit.equals("ms")) {
            return 1;
        }
        if (unit.equals("s") || unit.isEmpty() && first) {
            return 1_000;
        }
        if (unit.equals("m")) {
            return 60_000;
        }
        if (unit.equals("h")) {
            return 3_600_000;
        }
        return unit.equals("d") ? 86_400_000 : 0;
    }

    private static ValueException refused(String reason, String hint) {
        return new ValueException("", reason, hint);
    }
}
