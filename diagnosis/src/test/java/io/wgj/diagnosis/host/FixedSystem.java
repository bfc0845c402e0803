// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import java.util.ArrayList;
import java.util.List;

/// Hand-made hosts with what random ones meet too seldom, as lines for a [Network].
///
/// @param name for messages, and of the recording
/// @param lines what makes the host, behind [#BASE]
/// @param questions commands of ip(8)
record FixedSystem(String name, List<String> lines, List<String> questions) {
    private static final List<String> WG_QUICK = List.of(
            "route add default via 10.5.0.9 dev a0",
            "route add default dev b0 table 51820",
            "rule add not fwmark 0xca6c table 51820",
            "rule add table main suppress_prefixlength 0",
            "sysctl ipv4/conf/a0/rp_filter 1");

    /// Three pairs of devices, the first two with addresses.
    private static final List<String> BASE = List.of(
            "link add a0 type veth peer name a1",
            "link add b0 type veth peer name b1",
            "link add c0 type veth peer name c1",
            "link set a0 up",
            "link set a1 up",
            "link set b0 up",
            "link set b1 up",
            "link set c0 up",
            "link set c1 up",
            "addr add 10.5.0.1/24 dev a0",
            "addr add 10.6.0.1/24 dev b0",
            "-6 addr add fd05::1/64 dev a0 nodad");

    /// All lines.
    List<String> all() {
        List<String> all = new ArrayList<>(BASE);
        all.addAll(lines);
        return all;
    }

    static final List<FixedSystem> ALL = List.of(
            system(
                    "ipv6-plain-behind-source-specific",
                    List.of(
                            "-6 route add default dev a0",
                            "-6 route add 2001:db8::/32 dev b0",
                            "-6 route add 2001:db8::/32 from fd00::/64 dev c0"),
                    "2001:db8::1",
                    "2001:db8::1 from fd00::1",
                    "2001:db8::1 from fd00::1 oif c0",
                    "2001:db8::1 from fd05::1"),
            system(
                    "ipv6-preference-beats-metric",
                    List.of(
                            "sysctl ipv6/conf/a0/ignore_routes_with_linkdown 1",
                            "-6 route add 2001:db8::/32 dev a0 metric 1",
                            "-6 route add 2001:db8::/32 dev b0 metric 5 pref low",
                            "-6 route add 2001:db8::/32 dev c0 metric 100 pref high",
                            "link set a1 down"),
                    "2001:db8::1",
                    "2001:db8::1 oif b0"),
            system(
                    "ipv4-object-ends-its-leaf",
                    List.of(
                            "nexthop add id 1 dev b0",
                            "route add 10.2.0.0/24 nhid 1",
                            "route add 10.2.0.0/16 dev c0",
                            "route add 10.0.0.0/8 dev c0"),
                    "10.2.0.5 oif c0",
                    "10.2.0.5"),
            system(
                    "errors-are-not-suppressed",
                    List.of(
                            "route add default dev b0 table 51820",
                            "rule add not fwmark 0xca6c table 51820",
                            "rule add table main suppress_prefixlength 0",
                            "route add unreachable default metric 4000"),
                    "1.1.1.1",
                    "1.1.1.1 mark 0xca6c",
                    "1.1.1.1 oif b0",
                    "1.1.1.1 from 127.0.0.1 oif b0"),
            system(
                    "rp-filter-with-src-valid-mark",
                    with(WG_QUICK, "sysctl ipv4/conf/a0/src_valid_mark 1"),
                    "10.5.0.1 from 203.0.113.9 iif a0",
                    "10.5.0.1 from 203.0.113.9 iif a0 mark 0xca6c"),
            system("rp-filter-without-src-valid-mark", WG_QUICK, "10.5.0.1 from 203.0.113.9 iif a0 mark 0xca6c"),
            system(
                    "rp-filter-loose",
                    List.of("sysctl ipv4/conf/a0/rp_filter 2", "route add 203.0.113.0/24 dev b0"),
                    "10.5.0.1 from 203.0.113.9 iif a0",
                    "10.5.0.1 from 192.0.2.9 iif a0"),
            system(
                    "uid-of-packets-that-pass-through",
                    List.of(
                            "sysctl ipv4/conf/all/forwarding 1",
                            "sysctl ipv4/conf/a0/rp_filter 1",
                            "route add default dev b0",
                            "rule add uidrange 0-0 table 77 pref 10",
                            "route add default dev a0 table 77"),
                    "192.0.2.1 from 203.0.113.9 iif a0",
                    "192.0.2.1 uid 1000"),
            system(
                    "errors-of-rules-and-routes",
                    List.of(
                            "rule add to 10.7.0.0/16 unreachable",
                            "rule add to 10.8.0.0/16 prohibit",
                            "rule add to 10.9.0.0/16 blackhole",
                            "route add unreachable 10.10.0.0/16",
                            "-6 rule add to 2001:db8::/32 unreachable",
                            "-6 route add unreachable 2001:db9::/32"),
                    "10.7.0.1",
                    "10.8.0.1",
                    "10.9.0.1",
                    "10.10.0.1",
                    "2001:db8::1",
                    "2001:db9::1"),
            system(
                    "from-rules-before-there-is-a-source",
                    List.of(
                            "route add default dev a0",
                            "-6 route add default dev a0",
                            "route add default dev b0 table 77",
                            "-6 route add default dev b0 table 77",
                            "rule add from 10.5.0.0/24 table 77",
                            "-6 rule add from fd05::/64 table 77"),
                    "8.8.8.8",
                    "8.8.8.8 from 10.5.0.1",
                    "2a00::1",
                    "2a00::1 from fd05::1"),
            system(
                    "ipv6-from-needs-a-source",
                    List.of(
                            "-6 route add default dev a0",
                            "-6 route add default dev b0 table 77",
                            "-6 rule add from ::/1 table 77"),
                    "2a00::1",
                    "2a00::1 from 2001:db8::5"),
            system(
                    "ipv6-gateway-that-failed",
                    List.of(
                            "-6 route add default via fe80::7 dev a0 metric 1",
                            "-6 route add default via fe80::8 dev b0 metric 5",
                            "-6 neigh replace fe80::7 dev a0 nud failed"),
                    "2a00::1",
                    "2a00::1 oif a0"),
            system(
                    "higher-tos-first-and-four-bits-of-it",
                    List.of(
                            "route add 192.0.2.0/24 dev a0",
                            "route add 192.0.2.0/24 dev b0 tos 0x08",
                            "route add 192.0.2.0/24 dev c0 table 77",
                            "rule add tos 0x10 table 77"),
                    "192.0.2.1",
                    "192.0.2.1 tos 0x8",
                    "192.0.2.1 tos 0x28",
                    "192.0.2.1 tos 0x30"),
            system(
                    "not-inverts-all-selectors",
                    List.of(
                            "route add default dev a0",
                            "route add default dev b0 table 77",
                            "rule add not from 10.5.0.0/24 fwmark 1 table 77 pref 5",
                            "rule add not iif gone to 10.99.0.0/16 prohibit pref 6"),
                    "8.8.8.8 from 10.5.0.1 mark 0x1",
                    "8.8.8.8 from 10.5.0.1",
                    "10.99.0.1 from 10.5.0.1 mark 0x1"),
            system(
                    "local-and-main-are-one-tree",
                    List.of("route add local 10.77.0.0/16 dev lo", "route add 10.77.1.0/24 dev b0"),
                    "10.77.1.1",
                    "10.77.2.1"),
            system(
                    "local-and-main-are-two-trees",
                    List.of(
                            "route add local 10.77.0.0/16 dev lo",
                            "route add 10.77.1.0/24 dev b0",
                            "rule add pref 9 nop"),
                    "10.77.1.1"),
            system(
                    "gateway-picks-the-source-of-its-subnet",
                    List.of(
                            "addr add 10.55.0.1/24 dev a0",
                            "route add 192.0.2.0/24 via 10.55.0.9 dev a0",
                            "route add 192.0.3.0/24 dev a0"),
                    "192.0.2.1",
                    "192.0.3.1"),
            system(
                    "goto-and-nop",
                    List.of(
                            "route add default dev a0",
                            "route add default dev b0 table 77",
                            "rule add to 10.40.0.0/16 goto 300 pref 100",
                            "rule add to 10.40.0.0/16 prohibit pref 200",
                            "rule add nop pref 300",
                            "rule add to 10.41.0.0/16 goto 999 pref 400",
                            "rule add to 10.40.0.0/15 table 77 pref 500"),
                    "10.40.0.1",
                    "10.41.0.1",
                    "10.42.0.1"));

    private static FixedSystem system(String name, List<String> lines, String... questions) {
        List<String> commands = new ArrayList<>();
        for (String question : questions) {
            commands.add((question.indexOf(':') < 0 ? "ip route get " : "ip -6 route get ") + question);
        }
        return new FixedSystem(name, lines, commands);
    }

    private static List<String> with(List<String> lines, String more) {
        List<String> all = new ArrayList<>(lines);
        all.add(more);
        return all;
    }
}
