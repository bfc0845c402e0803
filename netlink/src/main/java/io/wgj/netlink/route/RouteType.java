// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.List;
import java.util.Optional;

/// What happens to a packet that a route matches: `rtm_type` (linux/rtnetlink.h).
public enum RouteType {
    UNICAST(1, "unicast"),
    LOCAL(2, "local"),
    BROADCAST(3, "broadcast"),
    ANYCAST(4, "anycast"),
    MULTICAST(5, "multicast"),
    BLACKHOLE(6, "blackhole"),
    UNREACHABLE(7, "unreachable"),
    PROHIBIT(8, "prohibit"),
    THROW(9, "throw"),
    NAT(10, "nat");

    private static final List<RouteType> ALL = List.of(values());

    private final int number;
    private final String word;

    RouteType(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /// `RTN_…`.
    public int number() {
        return number;
    }

    /// The word of ip(8).
    public String word() {
        return word;
    }

    /// Whether such a route drops packets or passes them to the next rule, so that it needs no device.
    public boolean needsNoDevice() {
        return number >= BLACKHOLE.number && number <= THROW.number;
    }

    /// The type of this number; empty for one that this list lacks.
    public static Optional<RouteType> of(int number) {
        for (RouteType type : ALL) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// The type that ip(8) calls `word`.
    public static Optional<RouteType> parse(String word) {
        for (RouteType type : ALL) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
