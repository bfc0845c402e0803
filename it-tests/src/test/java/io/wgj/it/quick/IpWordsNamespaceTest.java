// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.NetNamespace;
import io.wgj.it.NetNamespaces;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The words of routes and rules, held against ip(8): what a user wrote and what we make of it have the same
/// effect.
@Tag("namespace")
@ExtendWith(NetNamespaces.class)
class IpWordsNamespaceTest {
    private static final List<String> ROUTES = List.of(
            "default dev veth0 table 11",
            "all dev veth0",
            "0.0.0.0/0 oif veth0 table 12",
            "-6 default dev veth0 table 11",
            "default via fe80::1 dev veth0 table 13",
            "10.1.2.3 dev veth0",
            "10/8 dev veth0 metric 5",
            "10.0.0.0/255.0.0.0 dev veth0",
            "to fd00:5::/32 dev veth0 metric 3",
            "unicast 10.3.0.0/16 dev veth0 table main",
            "10.0.0.0/8 dev veth0 table 0x20",
            "10.0.0.0/8 dev veth0 table 4294967295",
            "blackhole 1.2.3.0/24 proto 87",
            "throw default table 99 metric 7",
            "-6 unreachable fd00:6::/32",
            "prohibit 10.6.0.0/16",
            "9.9.9.9 dev veth0 mtu lock 1300 scope global src 10.0.0.1",
            "9.9.9.8 dev veth0 mtu 1300 scope 253 protocol static",
            "default via inet6 fe80::1 dev veth0 onlink table 15",
            "9.8.0.0/16 via inet 10.0.0.2 dev veth0",
            "9.7.0.0/16 via 10.0.0.2",
            "local 10.0.0.9 dev lo",
            "10.9.0.0/16 tos 10 dev veth0",
            "10.9.0.0/16 dsfield 0x10 realms 1/2 dev veth0",
            "10.9.0.0/16 dev veth0 initrwnd 8 advmss lock 1300 initcwnd 7 hoplimit 3 quickack 1 window 9",
            "10.9.0.0/16 dev veth0 mtu 1300 congctl reno features ecn rtt 100ms rttvar 1s rto_min 5ms",
            "-6 fd00:7::/32 dev veth0 pref low");

    private static final List<String> RULES = List.of(
            "fwmark 0x5151 iif lo priority 4999 table 11",
            "not fwmark 51820 table 51820",
            "-6 not fwmark 51820 table 51820",
            "table main suppress_prefixlength 0",
            "lookup 254 sup_pl 8 pref 7",
            "from 10/8",
            "from all to fd00::/8 lookup default",
            "from 10.1.2.3/8 table 5",
            "fwmark 0x10/0xf0 table 5 proto 87",
            "from 10.0.0.0/8 to 1.2.3.4 iif lo oif lo uidrange 0-99 ipproto udp sport 5 dport 6-7 prohibit",
            "goto 32766 order 3",
            "nop preference 4",
            "unreachable tos 0x10",
            "dev veth0 blackhole",
            "l3mdev pref 1000",
            "tos 10 table 9",
            "type prohibit from 10/8",
            "prio 5 tab 9 pro 87",
            "got 32766 ord 3",
            "realms 1/2 table 9",
            "realms 3 table 9",
            "tun_id 18446744073709551615 table 9",
            "table 9 sup_group default",
            "suppress_ifgroup 5 sup_pl 0 table 9",
            "-6 ipproto 58 table 9",
            "ipproto gre table 9");

    private NetNamespace namespace;

    @BeforeEach
    void addALink(NetNamespace fresh) {
        namespace = fresh;
        run("ip link add dev veth0 type veth peer name veth1");
        // The kernel's own addresses come a moment later, and would come into the comparison.
        run("ip link set dev veth0 addrgenmode none");
        run("ip link set dev veth1 addrgenmode none");
        run("ip link set dev veth1 up");
        run("ip link set dev veth0 up");
        run("ip address add 10.0.0.1/24 dev veth0");
    }

    @Test
    void ipMakesTheSameRouteOfOurWordsAndOfTheUsers() throws WordException {
        for (String text : ROUTES) {
            Route route = IpRouteSyntax.parse(List.of(text.split(" ")), TableNames.STANDARD);
            String family = "-" + route.family().version();
            String ours = family + " route %s " + IpRouteSyntax.format(route, TableNames.STANDARD);
            String theirs = family + " route %s " + text.replaceFirst("^-[46] ", "");
            assertSameEffect(ours, theirs, "ip -d " + family + " route show table all");
        }
    }

    @Test
    void ipMakesTheSameRuleOfOurWordsAndOfTheUsers() throws WordException {
        for (String text : RULES) {
            PolicyRule rule = IpRuleSyntax.parse(List.of(text.split(" ")), TableNames.STANDARD);
            String family = "-" + rule.family().version();
            String ours = family + " rule %s " + IpRuleSyntax.format(rule, TableNames.STANDARD);
            String theirs = family + " rule %s " + text.replaceFirst("^-[46] ", "");
            assertSameEffect(ours, theirs, "ip -d " + family + " rule show");
        }
    }

    private void assertSameEffect(String ours, String theirs, String show) {
        String before = run(show);
        run("ip " + theirs.formatted("add"));
        String expected = run(show);
        run("ip " + theirs.formatted("delete"));
        run("ip " + ours.formatted("add"));
        assertThat(run(show)).as("%s and %s", ours, theirs).isEqualTo(expected).isNotEqualTo(before);
        run("ip " + ours.formatted("delete"));
        assertThat(run(show)).as("after deleting %s", ours).isEqualTo(before);
    }

    private String run(String command) {
        return namespace.run(command.split(" ")).ok().stdout();
    }
}
