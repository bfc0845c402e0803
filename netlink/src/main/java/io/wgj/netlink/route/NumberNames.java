// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpNumber;
/// Small numbers that have names in ip(8), such as scopes and protocols of routes.

final class NumberNames {
    static final NumberNames SCOPES = new NumberNames(
            new int[] {Route.SCOPE_GLOBAL, Route.SCOPE_SITE, Route.SCOPE_LINK, Route.SCOPE_HOST, Route.SCOPE_NOWHERE},
            "global",
            "site",
            "link",
            "host",
            "nowhere");

    /// `rtm_protocol` (linux/rtnetlink.h). Numbers without a name stay numbers, which ip(8) always accepts.
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

    /// The common IP protocols of a rule (`ipproto`). Of two names of one number, the first is written.
    static final NumberNames IP_PROTOCOLS = new NumberNames(
            new int[] {
                1, 2, 4, 6, 8, 9, 17, 33, 41, 43, 44, 47, 50, 51, 58, 58, 59, 60, 88, 89, 94, 103, 108, 112, 115, 132,
                136, 137
            },
            "icmp",
            "igmp",
            "ipencap",
            "tcp",
            "egp",
            "igp",
            "udp",
            "dccp",
            "ipv6",
            "ipv6-route",
            "ipv6-frag",
            "gre",
            "esp",
            "ah",
            "ipv6-icmp",
            "icmpv6",
            "ipv6-nonxt",
            "ipv6-opts",
            "eigrp",
            "ospf",
            "ipip",
            "pim",
            "ipcomp",
            "vrrp",
            "l2tp",
            "sctp",
            "udplite",
            "mpls-in-ip");

    /// All eight bits, as in ip(8)'s `rt_dsfield`.
    static final NumberNames TYPES_OF_SERVICE = new NumberNames(
            new int[] {
                0, 0x28, 0x30, 0x38, 0x48, 0x50, 0x58, 0x68, 0x70, 0x78, 0x88, 0x90, 0x98, 0x20, 0x40, 0x60, 0x80, 0xa0,
                0xc0, 0xe0, 0xb8
            },
            "default",
            "AF11",
            "AF12",
            "AF13",
            "AF21",
            "AF22",
            "AF23",
            "AF31",
            "AF32",
            "AF33",
            "AF41",
            "AF42",
            "AF43",
            "CS1",
            "CS2",
            "CS3",
            "CS4",
            "CS5",
            "CS6",
            "CS7",
            "EF");

    private final int[] numbers;
    private final String[] names;

    private NumberNames(int[] numbers, String... names) {
        this.numbers = numbers;
        this.names = names;
    }

    /// The number of the name `word`; -1 when it is no name.
    int named(String word) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(word)) {
                return numbers[i];
            }
        }
        return -1;
    }

    /// The number that `word` names or is; -1 for anything but a known name and 0 to 255.
    int parse(String word) {
        int named = named(word);
        return named >= 0 ? named : (int) IpNumber.parse(word, 255);
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
