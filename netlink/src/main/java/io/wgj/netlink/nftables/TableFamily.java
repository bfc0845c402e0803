// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.IpFamily;
import java.util.Optional;

/// The packets that a table sees: `NFPROTO_…` (linux/netfilter.h).
public enum TableFamily {
    /// IPv4 and IPv6.
    INET(1, "inet"),
    IPV4(2, "ip"),
    IPV6(10, "ip6");

    private final int number;
    private final String word;

    TableFamily(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The word of nft(8).
    public String word() {
        return word;
    }

    /// The family with this word of nft(8); empty when wgj has no table in it.
    public static Optional<TableFamily> parse(String word) {
        for (TableFamily family : values()) {
            if (family.word.equals(word)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /// The tables of one version of IP.
    public static TableFamily of(IpFamily family) {
        return family == IpFamily.V6 ? IPV6 : IPV4;
    }

    /// The family of the kernel's number; empty for families that wgj has no table in, such as `bridge`.
    public static Optional<TableFamily> of(int number) {
        if (number == INET.number) {
            return Optional.of(INET);
        }
        if (number == IPV4.number) {
            return Optional.of(IPV4);
        }
        return number == IPV6.number ? Optional.of(IPV6) : Optional.empty();
    }
}
