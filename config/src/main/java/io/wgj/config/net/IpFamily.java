// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

import java.util.Optional;

/// The two versions of IP, with the numbers that tell them apart.
public enum IpFamily {
    V4(4, 2, 32),
    V6(6, 10, 128);

    private final int version;
    private final int number;
    private final int bits;

    IpFamily(int version, int number, int bits) {
        this.version = version;
        this.number = number;
        this.bits = bits;
    }

    /// The family of the kernel's number; empty for any other than IPv4 and IPv6.
    public static Optional<IpFamily> of(int number) {
        if (number == V4.number) {
            return Optional.of(V4);
        }
        return number == V6.number ? Optional.of(V6) : Optional.empty();
    }

    /// 4 or 6: the first digit of a packet, and the option of ip(8).
    public int version() {
        return version;
    }

    /// Linux's `AF_INET` (2) or `AF_INET6` (10). `NFPROTO_IPV4` and `NFPROTO_IPV6` are the same numbers.
    public int number() {
        return number;
    }

    /// The bits of an address: 32 or 128.
    public int bits() {
        return bits;
    }

    /// The bytes of an address: 4 or 16.
    public int bytes() {
        return bits / Byte.SIZE;
    }

    /// The other family.
    public IpFamily other() {
        return this == V4 ? V6 : V4;
    }

    /// `IPv4` or `IPv6`.
    @Override
    public String toString() {
        return "IPv" + version;
    }
}
