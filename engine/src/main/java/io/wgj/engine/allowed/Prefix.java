// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.allowed;

/// Family and length of a prefix in one number, its kind. Every IPv4 kind is smaller than every IPv6 kind,
/// and of one family the longer prefix has the larger.
final class Prefix {
    private static final int IPV6 = 256;

    private Prefix() {}

    static int ipv4(int length) {
        return length;
    }

    static int ipv6(int length) {
        return IPV6 + length;
    }

    static boolean isIpv4(int kind) {
        return kind < IPV6;
    }

    static int length(int kind) {
        return kind & IPV6 - 1;
    }

    /// The first 64 bits without those behind the prefix length.
    static long maskHigh(long high, int kind) {
        int length = length(kind);
        return length == 0 ? 0 : length >= 64 ? high : high & -1L << 64 - length;
    }

    /// The other 64 bits likewise.
    static long maskLow(long low, int kind) {
        int length = length(kind);
        return length <= 64 ? 0 : low & -1L << 128 - length;
    }
}
