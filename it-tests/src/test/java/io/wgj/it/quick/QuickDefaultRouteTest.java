// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;
import static io.wgj.it.quick.QuickUpTest.ADD_ADDRESS;
import static io.wgj.it.quick.QuickUpTest.ADD_LINK;
import static io.wgj.it.quick.QuickUpTest.CONFIGURE;
import static io.wgj.it.quick.QuickUpTest.DELETE_LINK;
import static io.wgj.it.quick.QuickUpTest.SET_UP;
import static io.wgj.it.quick.QuickUpTest.UP_AND_DOWN;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section Q, the default route: mark, rules, table, firewall. Ours puts `src_valid_mark` back, the original
/// leaves it at 1; where that is not the question it is 1 from the start.
@Tag("namespace")
class QuickDefaultRouteTest extends QuickCaseSuite {
    private static final String MARKS_ARE_VALID = "echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark\n";

    @Override
    List<QuickCase> rows() {
        return List.of(
                row(
                                "Q05 Q06 Q07 Q08",
                                "both families",
                                "allowed='0.0.0.0/0, ::/0, 10.5.0.0/16' tunnel wg0\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .originalEchoes(
                                ADD_LINK,
                                CONFIGURE,
                                ADD_ADDRESS,
                                SET_UP,
                                "ip -4 route add 10.5.0.0/16 dev wg0",
                                "wg set wg0 fwmark 51820",
                                "ip -6 rule add not fwmark 51820 table 51820",
                                "ip -6 rule add table main suppress_prefixlength 0",
                                "ip -6 route add ::/0 dev wg0 table 51820",
                                "nft -f /dev/fd/N",
                                "ip -4 rule add not fwmark 51820 table 51820",
                                "ip -4 rule add table main suppress_prefixlength 0",
                                "ip -4 route add 0.0.0.0/0 dev wg0 table 51820",
                                "sysctl -q net.ipv4.conf.all.src_valid_mark=1",
                                "nft -f /dev/fd/N",
                                "ip -4 rule delete table 51820",
                                "ip -4 rule delete table main suppress_prefixlength 0",
                                "ip -6 rule delete table 51820",
                                "ip -6 rule delete table main suppress_prefixlength 0",
                                DELETE_LINK,
                                "nft -f /dev/fd/N")
                        .showsTogether(
                                "0:\tfrom all lookup local",
                                "32764:\tfrom all lookup main suppress_prefixlength 0",
                                "32765:\tnot from all fwmark 0xca6c lookup 51820",
                                "32766:\tfrom all lookup main",
                                "32767:\tfrom all lookup default",
                                "0:\tfrom all lookup local",
                                "32764:\tfrom all lookup main suppress_prefixlength 0",
                                "32765:\tnot from all fwmark 0xca6c lookup 51820",
                                "32766:\tfrom all lookup main")
                        .showsTogether(
                                "table ip wg-quick-wg0 {",
                                "\tchain preraw {",
                                "\t\ttype filter hook prerouting priority raw; policy accept;",
                                "\t\tiifname != \"wg0\" ip daddr 10.9.0.1 fib saddr type != local drop",
                                "\t}",
                                "",
                                "\tchain premangle {",
                                "\t\ttype filter hook prerouting priority mangle; policy accept;",
                                "\t\tmeta l4proto udp meta mark set ct mark",
                                "\t}",
                                "",
                                "\tchain postmangle {",
                                "\t\ttype filter hook postrouting priority mangle; policy accept;",
                                "\t\tmeta l4proto udp meta mark 0x0000ca6c ct mark set meta mark",
                                "\t}",
                                "}")
                        .originalShows("rc 0", "-- src_valid_mark", "1", "rc 0", "-- src_valid_mark", "1")
                        .oursHasInstead(
                                "-- src_valid_mark\n1",
                                "-- src_valid_mark\n0",
                                "err| [#] nft -f /dev/fd/N\nrc 0",
                                "err| [#] nft -f /dev/fd/N\nerr| [#] sysctl -q net.ipv4.conf.all.src_valid_mark=0\nrc 0"),
                row(
                                "Q05 Q07",
                                "IPv4 alone, two addresses, marks valid before",
                                MARKS_ARE_VALID + "address='10.9.0.1/24 10.10.0.1/32' allowed=0.0.0.0/0 tunnel wg0\n"
                                        + UP_AND_DOWN)
                        .exits(0, 0)
                        .lacks("sysctl")
                        .shows(
                                "\t\tiifname != \"wg0\" ip daddr 10.9.0.1 fib saddr type != local drop",
                                "\t\tiifname != \"wg0\" ip daddr 10.10.0.1 fib saddr type != local drop"),
                row("Q05 Q07", "IPv6 alone", "address='10.9.0.1/24 fd09::1/64' allowed=::/0 tunnel wg0\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("\t\tiifname != \"wg0\" ip6 daddr fd09::1 fib saddr type != local drop"),
                row("Q09", "the first table is taken", MARKS_ARE_VALID + """
                                ip route add 198.51.100.0/24 dev v0 table 51820
                                allowed=0.0.0.0/0 tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] wg set wg0 fwmark 51821", "err| [#] ip -4 rule delete table 51821"),
                row("Q09", "the first table is taken by IPv6", MARKS_ARE_VALID + """
                                ip route add 2001:db8:1::/64 dev v0 table 51820
                                allowed=0.0.0.0/0 tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] wg set wg0 fwmark 51821"),
                row(
                                "Q10",
                                "a mark of the file",
                                MARKS_ARE_VALID + "allowed=0.0.0.0/0 tunnel wg0 'FwMark = 0x1234'\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .lacks("wg set")
                        .shows(
                                "err| [#] ip -4 rule add not fwmark 4660 table 4660",
                                "32765:\tnot from all fwmark 0x1234 lookup 4660"),
                row(
                                "Q10",
                                "a mark of a PreUp",
                                MARKS_ARE_VALID + "allowed=0.0.0.0/0 tunnel wg0 'PreUp = wg set %i fwmark 77'\n"
                                        + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] ip -4 rule add not fwmark 77 table 77"),
                row("Q06", "rules that are there", MARKS_ARE_VALID + """
                                ip rule add fwmark 5 table 100 priority 100; ip rule add from 192.0.2.9 table 101 priority 30000
                                allowed=0.0.0.0/0 tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("100:\tfrom all fwmark 0x5 lookup 100"));
    }
}
