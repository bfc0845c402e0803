// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import java.util.Optional;

/// Whose packets a table sees: `NFPROTO_…` (linux/netfilter.h).
public enum Family {
    /// Both of the others.
    INET(1, "inet"),
    IPV4(2, "ip"),
    IPV6(10, "ip6");

    private final int number;
    private final String word;

    Family(int number, String word) {
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

    /// Empty for families that no table of ours is in, such as `bridge`.
    public static Optional<Family> of(int number) {
        if (number == INET.number) {
            return Optional.of(INET);
        }
        if (number == IPV4.number) {
            return Optional.of(IPV4);
        }
        return number == IPV6.number ? Optional.of(IPV6) : Optional.empty();
    }
}
