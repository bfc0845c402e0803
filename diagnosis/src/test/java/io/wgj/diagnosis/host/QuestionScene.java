// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import java.util.ArrayList;
import java.util.List;

/// A question that people ask, staged: a host, its WireGuard interfaces, and what `explain` is asked.
///
/// @param name of the recording
/// @param lines what makes the host, behind [#BASE]
/// @param tunnels lines of `TunnelText`
/// @param asks an interface and a command of ip(8) each
record QuestionScene(String name, List<String> lines, List<String> tunnels, List<String> asks) {
    private static final String A = "A".repeat(42) + "0=";
    private static final String B = "B".repeat(42) + "4=";

    /// A host with the world behind 198.51.100.1.
    private static final List<String> BASE = List.of(
            "link add eth0 type veth peer name cable",
            "link set cable up",
            "link set eth0 up",
            "addr add 198.51.100.7/24 dev eth0",
            "route add default via 198.51.100.1",
            "neigh add 198.51.100.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent");

    private static final List<String> WG_QUICK = List.of(
            "route add default dev wg0 table 51820",
            "rule add not fwmark 51820 table 51820",
            "rule add table main suppress_prefixlength 0");

    static final List<QuestionScene> ALL = List.of(
            scene(
                    "healthy",
                    lines(tunnel("wg0", "10.9.0.1/24"), "route add 10.1.0.0/16 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "recursive",
                    lines(tunnel("wg0", "10.9.0.1/24"), "route add 0.0.0.0/1 dev wg0", "route add 128.0.0.0/1 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 1.1.1.1"),
            scene(
                    "wrong-interface",
                    lines(
                            tunnel("wg0", "10.9.0.1/24"),
                            "link add lan0 type veth peer name lancable",
                            "link set lancable up",
                            "link set lan0 up",
                            "addr add 10.1.2.1/24 dev lan0",
                            "route add 10.1.0.0/16 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "answers-elsewhere",
                    tunnel("wg0", "10.9.0.1/24"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 8.8.8.8 from 10.9.0.1"),
            scene(
                    "answers-mended",
                    lines(
                            tunnel("wg0", "10.9.0.1/24"),
                            "route add default dev wg0 table 77",
                            "rule add from 10.9.0.1 table 77 pref 1000"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 8.8.8.8 from 10.9.0.1"),
            scene(
                    "allowed-ips-missing",
                    lines(tunnel("wg0", "10.9.0.1/24"), "route add 192.168.5.0/24 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.9.0.2/32"),
                    "wg0 ip route get 192.168.5.10"),
            scene(
                    "overlap",
                    lines(tunnel("wg0", "10.9.0.1/24"), "route add 10.1.0.0/16 dev wg0"),
                    List.of(
                            "tunnel wg0 51820 0",
                            "peer " + A + " 203.0.113.9:51820 10.1.0.0/16",
                            "peer " + B + " 203.0.113.10:51820 10.1.2.0/24"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "rp-filter",
                    lines(lines(tunnel("wg0", "10.9.0.1/24"), WG_QUICK), "sysctl ipv4/conf/eth0/rp_filter 1"),
                    List.of("tunnel wg0 51820 51820", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 1.1.1.1"),
            scene(
                    "rp-filter-with-src-valid-mark",
                    lines(
                            lines(tunnel("wg0", "10.9.0.1/24"), WG_QUICK),
                            "sysctl ipv4/conf/eth0/rp_filter 1",
                            "sysctl ipv4/conf/all/src_valid_mark 1"),
                    List.of("tunnel wg0 51820 51820", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 1.1.1.1"),
            scene(
                    "mtu",
                    lines(tunnel("wg0", "10.9.0.1/24"), "link set eth0 mtu 1450", "route add 10.1.0.0/16 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "endpoint-unreachable",
                    lines(tunnel("wg0", "10.9.0.1/24"), "route add 10.1.0.0/16 dev wg0"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " [2001:db8::9]:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "kill-switch",
                    lines(
                            lines(tunnel("wg0", "10.9.0.1/24"), WG_QUICK),
                            "route del default",
                            "route add 203.0.113.0/24 via 198.51.100.1",
                            "route add unreachable default metric 4000"),
                    List.of("tunnel wg0 51820 51820", "peer " + A + " 203.0.113.9:51820 0.0.0.0/0"),
                    "wg0 ip route get 1.1.1.1"),
            scene(
                    "table-off",
                    tunnel("wg0", "10.9.0.1/24"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3"),
            scene(
                    "vrf",
                    List.of(
                            "link add blue type vrf table 10",
                            "link set blue up",
                            "tun wg0",
                            "link set wg0 mtu 1420 up",
                            "link set wg0 master blue",
                            "addr add 10.9.0.1/24 dev wg0",
                            "route add 10.1.0.0/16 dev wg0 table 10"),
                    List.of("tunnel wg0 51820 0", "peer " + A + " 203.0.113.9:51820 10.1.0.0/16"),
                    "wg0 ip route get 10.1.2.3",
                    "wg0 ip route get 10.1.2.3 oif blue"),
            scene(
                    "two-tunnels",
                    lines(
                            lines(lines(tunnel("wg0", "10.9.0.1/24"), tunnel("wg1", "10.8.0.1/24")), WG_QUICK),
                            "route add 10.2.0.0/16 dev wg1"),
                    List.of(
                            "tunnel wg0 51820 51820",
                            "peer " + A + " 203.0.113.9:51820 0.0.0.0/0",
                            "tunnel wg1 51821 0",
                            "peer " + B + " 203.0.113.10:51821 10.2.0.0/16"),
                    "wg1 ip route get 10.2.0.5"));

    /// All lines.
    List<String> all() {
        return lines(BASE, lines);
    }

    boolean needsVrf() {
        return name.equals("vrf");
    }

    private static List<String> tunnel(String name, String address) {
        return List.of("tun " + name, "addr add " + address + " dev " + name, "link set " + name + " mtu 1420 up");
    }

    private static QuestionScene scene(String name, List<String> lines, List<String> tunnels, String... asks) {
        return new QuestionScene(name, lines, tunnels, List.of(asks));
    }

    private static List<String> lines(List<String> first, String... more) {
        return lines(first, List.of(more));
    }

    private static List<String> lines(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
