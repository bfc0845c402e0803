// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.Arrays;
import java.util.Optional;

/// The text of addresses (RFC 4291 section 2.2, RFC 5952). Route netlink knows nothing of `config`, where the same is
/// done to the letter of `inet_pton`, so it has a short form of its own.
public final class AddressWords {
    private static final int GROUPS = 8;

    private AddressWords() {}

    /// Reads a whole dotted quad or IPv6 address; empty for everything else, scopes included.
    public static Optional<NetworkAddress> parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long bits = parseV4(text, 4);
        return bits < 0 ? Optional.empty() : Optional.of(new NetworkAddress(false, 0, bits));
    }

    /// One to four decimal numbers up to 255, zeros standing for those that are not there, as ip(8) reads `10/8`; -1
    /// for anything else or for fewer than `least` numbers.
    static long parseV4(String text, int least) {
        long bits = 0;
        int parts = 0;
        int from = 0;
        while (from <= text.length() && parts < 4) {
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? text.length() : dot;
            long part = Words.digits(text.substring(from, end), 10, 255);
            if (part < 0) {
                return -1;
            }
            bits = bits << 8 | part;
            parts++;
            from = end + 1;
        }
        return from <= text.length() || parts < least ? -1 : bits << 8 * (4 - parts);
    }

    private static Optional<NetworkAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        int[] head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
        int written = head.length + tail.length;
        boolean malformed = isMalformed(head) || isMalformed(tail);
        if (malformed || (gap < 0 ? written != GROUPS : written >= GROUPS)) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        long high = 0;
        long low = 0;
        for (int group : all) {
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
        }
        return Optional.of(new NetworkAddress(true, high, low));
    }

    private static boolean isMalformed(int[] groups) {
        return groups.length > 0 && groups[0] < 0;
    }

    /// The groups of `text`, none for an empty one, a dotted quad at the end of the address as two; a single -1 when it
    /// is malformed.
    private static int[] groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return new int[0];
        }
        int[] malformed = {-1};
        int[] groups = new int[GROUPS + 1];
        int count = 0;
        int from = 0;
        while (from <= text.length()) {
            int colon = text.indexOf(':', from);
            int end = colon < 0 ? text.length() : colon;
            String part = text.substring(from, end);
            long quad = atEnd && colon < 0 && part.indexOf('.') >= 0 ? parseV4(part, 4) : -1;
            long value = quad < 0 && part.length() <= 4 ? Words.digits(part, 16, 0xffff) : quad;
            if (value < 0 || count + (quad < 0 ? 1 : 2) > GROUPS) {
                return malformed;
            }
            if (quad >= 0) {
                groups[count++] = (int) (quad >>> 16);
            }
            groups[count++] = (int) (value & 0xffff);
            from = end + 1;
        }
        return Arrays.copyOf(groups, count);
    }

    /// As glibc's `inet_ntop` writes it, IPv4-mapped and IPv4-compatible addresses with a dotted quad.
    public static String format(NetworkAddress address) {
        return address.v6() ? formatV6(address) : formatV4(address.low());
    }

    private static String formatV4(long bits) {
        return (bits >>> 24 & 255) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private static String formatV6(NetworkAddress address) {
        long quad = address.low() & 0xffff_ffffL;
        if (address.high() == 0 && address.low() >>> 32 == 0xffff) {
            return "::ffff:" + formatV4(quad);
        }
        if (address.high() == 0 && address.low() == quad && quad >>> 16 != 0) {
            return "::" + formatV4(quad);
        }
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
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                out.append("::");
                i += gapLength - 1;
            } else {
                out.append(out.isEmpty() || i == gap + gapLength && gap >= 0 ? "" : ":");
                out.append(Integer.toHexString(group(address, i)));
            }
        }
        return out.toString();
    }

    private static int group(NetworkAddress address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }
}
