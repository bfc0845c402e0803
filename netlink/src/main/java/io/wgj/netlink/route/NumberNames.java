// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

/// Small numbers that ip(8) knows by names of its own: scopes and protocols of routes.
final class NumberNames {
    static final NumberNames SCOPES = new NumberNames(
            new int[] {Route.SCOPE_GLOBAL, Route.SCOPE_SITE, Route.SCOPE_LINK, Route.SCOPE_HOST, Route.SCOPE_NOWHERE},
            "global",
            "site",
            "link",
            "host",
            "nowhere");

    /// `rtm_protocol` (linux/rtnetlink.h); all others go by number, which ip(8) always takes.
    static final NumberNames PROTOCOLS = new NumberNames(
            new int[] {0, 1, 2, 3, 4, 8, 9, 12, 16, 18, 42, 186, 187, 188, 189, 192},
            "unspec",
            "redirect",
            "kernel",
            "boot",
            "static",
            "gated",
            "ra",
            "bird",
            "dhcp",
            "keepalived",
            "babel",
            "bgp",
            "isis",
            "ospf",
            "rip",
            "eigrp");

    /// Of the IP protocols a rule can ask for (`ipproto`).
    static final NumberNames IP_PROTOCOLS =
            new NumberNames(new int[] {1, 6, 17, 58, 132, 136}, "icmp", "tcp", "udp", "ipv6-icmp", "sctp", "udplite");

    private final int[] numbers;
    private final String[] names;

    private NumberNames(int[] numbers, String... names) {
        this.numbers = numbers;
        this.names = names;
    }

    /// The number that `word` names or is; -1 when it is neither a known name nor 0 to 255.
    int parse(String word) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(word)) {
                return numbers[i];
            }
        }
        return (int) Words.number(word, 255);
    }

    String text(int number) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                return names[i];
            }
        }
        return Integer.toString(number);
    }
}
