// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import java.util.Optional;

/// An IPv4 or IPv6 address. Unlike `java.net.InetAddress` it keeps IPv4-mapped addresses IPv6, as the kernel
/// does.
///
/// @param family its version of IP
/// @param high the first eight bytes of an IPv6 address, big-endian; zero for IPv4
/// @param low the last eight bytes of an IPv6 address; the four bytes of an IPv4 address in the low half
public record IpAddress(IpFamily family, long high, long low) {
    /// Throws `IllegalArgumentException` for an IPv4 address of more than 32 bits.
    public IpAddress {
        if (family == IpFamily.V4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /// The IPv4 address of these 32 bits, the first byte being the most significant.
    public static IpAddress ofV4(int bits) {
        return new IpAddress(IpFamily.V4, 0, bits & 0xffff_ffffL);
    }

    /// The IPv6 address of two halves, each with its first byte most significant.
    public static IpAddress ofV6(long high, long low) {
        return new IpAddress(IpFamily.V6, high, low);
    }

    /// The address of 4 or 16 bytes in network order. Throws `IllegalArgumentException` for any other number
    /// of bytes.
    public static IpAddress of(byte[] bytes) {
        if (bytes.length == 4) {
            return new IpAddress(IpFamily.V4, 0, bigEndian(bytes, 0, 4));
        }
        if (bytes.length == 16) {
            return new IpAddress(IpFamily.V6, bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8));
        }
        throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }

    /// The address that stands for all of its family: `0.0.0.0` or `::`.
    public static IpAddress unspecified(IpFamily family) {
        return new IpAddress(family, 0, 0);
    }

    /// Reads what `inet_pton` reads: a strict dotted quad, or, when there is a `:`, strict IPv6 without
    /// brackets and scope. Empty for everything else.
    public static Optional<IpAddress> parse(String text) {
        return AddressText.parse(text);
    }

    /// 32 or 128.
    public int bits() {
        return family.bits();
    }

    /// 4 or 16 bytes in network order.
    public byte[] toBytes() {
        byte[] bytes = new byte[family.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? low >>> 8 * fromEnd : high >>> 8 * (fromEnd - 8));
        }
        return bytes;
    }

    /// This address with all but the first `length` bits cleared. `length` is 0 to [#bits()].
    public IpAddress masked(int length) {
        if (length < 0 || length > bits()) {
            throw new IllegalArgumentException("a prefix length is 0 to " + bits() + ", not " + length);
        }
        return new IpAddress(family, high & highMask(length), low & lowMask(length));
    }

    /// Whether `other` is of the same family and has the same first `length` bits. `length` is 0 to [#bits()].
    boolean sharesPrefix(IpAddress other, int length) {
        return other.family == family
                && ((high ^ other.high) & highMask(length)) == 0
                && ((low ^ other.low) & lowMask(length)) == 0;
    }

    /// Whether it is an IPv6 address that counts on one link only (`fe80::/10`).
    public boolean isLinkLocal() {
        return family == IpFamily.V6 && high >>> 54 == 0xfe80 >>> 6;
    }

    /// The text that glibc's `inet_ntop` writes: lower case, the first longest run of two or more zero groups
    /// as `::`, a dotted quad at the end when the first six groups are zero or mapped.
    public String text() {
        return AddressText.format(this);
    }

    /// The same in every run, which an enum's own is not: sets of addresses keep their order from run to run.
    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(high) + Long.hashCode(low)) + family.number();
    }

    @Override
    public String toString() {
        return text();
    }

    private long highMask(int length) {
        return family == IpFamily.V4 ? 0 : leading(Math.min(length, 64));
    }

    private long lowMask(int length) {
        return family == IpFamily.V4 ? leading(length + 32) : leading(Math.max(length - 64, 0));
    }

    /// A mask of the first `count` bits of 64; a shift by 64 would shift by none.
    private static long leading(int count) {
        return count == 0 ? 0 : -1L << 64 - count;
    }

    private static long bigEndian(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
