// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section Q, its common half: link, device, addresses, MTU and routes that are no default route.
@Tag("namespace")
class QuickUpTest extends QuickCaseSuite {
    static final String ADD_LINK = "ip link add dev wg0 type wireguard";
    static final String CONFIGURE = "wg addconf wg0 /dev/fd/N";
    static final String ADD_ADDRESS = "ip -4 address add 10.9.0.1/24 dev wg0";
    static final String SET_UP = "ip link set mtu 1320 up dev wg0";
    static final String ADD_ROUTE = "ip -4 route add 10.77.0.0/16 dev wg0";
    static final String DELETE_LINK = "ip link delete dev wg0";

    /// What a `wg-quick up` that fails leaves is what was there before.
    static final String UP_AND_DOWN = "quick up wg0; state; quick down wg0; state\n";

    @Override
    List<QuickCase> rows() {
        return List.of(
                row("Q01 Q02", "the base file", "tunnel wg0\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, ADD_ROUTE, DELETE_LINK),
                row("Q03", "what an address covers is not routed again", """
                                address='10.9.0.1/24 fd09::1/64' \
                                allowed='10.9.0.2/32, 10.77.0.0/16, 10.78.0.0/16, fd09::2/128, fd77::/48' tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(
                                ADD_LINK,
                                CONFIGURE,
                                ADD_ADDRESS,
                                "ip -6 address add fd09::1/64 dev wg0",
                                SET_UP,
                                "ip -6 route add fd77::/48 dev wg0",
                                "ip -4 route add 10.78.0.0/16 dev wg0",
                                ADD_ROUTE,
                                DELETE_LINK),
                row("Q03", "an address that the kernel makes no route for", """
                                address='10.9.0.1/0 0.9.0.1/8' allowed='10.77.0.0/16, 0.9.3.0/24' tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] " + ADD_ROUTE),
                row("Q03", "an address that a hook added", """
                                allowed='10.9.0.0/24, 10.77.3.0/24, 10.78.0.0/16' \
                                  tunnel wg0 'PreUp = ip address add 10.77.0.1/16 dev %i'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] ip -4 route add 10.78.0.0/16 dev wg0")
                        .lacks("route add 10.77."),
                row("Q03", "an address of a hook without a route", """
                                address= allowed='10.9.0.2/32, 10.9.0.0/24' \
                                  tunnel wg0 'PreUp = ip address add 10.9.0.1/24 dev %i noprefixroute'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] ip -4 route add 10.9.0.0/24 dev wg0"),
                row("Q03", "a prefix of a link without IPv6", """
                                address='10.9.0.1/24' allowed='fd09::/64' \
                                  tunnel wg0 'PreUp = echo 1 >/proc/sys/net/ipv6/conf/wg0/disable_ipv6'
                                """ + UP_AND_DOWN)
                        .exits(2, 1)
                        .lacks("Cannot find device"),
                row("Q04", "numbers and addresses as they are written", """
                                address='::1.2.3.4/128' allowed='::1.2.3.5/128, ::102:306/128' \
                                  tunnel wg0 'MTU = 0x514' 'Table = 0x64'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(
                                ADD_LINK,
                                CONFIGURE,
                                "ip -6 address add ::1.2.3.4/128 dev wg0",
                                "ip link set mtu 0x514 up dev wg0",
                                "ip -6 route add ::1.2.3.6/128 dev wg0 table 0x64",
                                "ip -6 route add ::1.2.3.5/128 dev wg0 table 0x64",
                                DELETE_LINK),
                row("Q04", "longest prefixes first", """
                                allowed='0.0.0.0/1,128.0.0.0/1,::/1,8000::/1,10.0.0.0/8,1.2.3.4/32,fd00::1/128,9.0.0.0/8' tunnel wg0
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows(
                                "err| [#] ip -6 route add fd00::1/128 dev wg0",
                                "err| [#] ip -4 route add 1.2.3.4/32 dev wg0",
                                "err| [#] ip -4 route add 9.0.0.0/8 dev wg0",
                                "err| [#] ip -4 route add 10.0.0.0/8 dev wg0",
                                "err| [#] ip -6 route add ::/1 dev wg0",
                                "err| [#] ip -6 route add 8000::/1 dev wg0",
                                "err| [#] ip -4 route add 128.0.0.0/1 dev wg0",
                                "err| [#] ip -4 route add 0.0.0.0/1 dev wg0"),
                row("Q16", "the last MTU wins", "tunnel wg0 'MTU = 1280' 'MtU = 1300'\n" + UP_AND_DOWN)
                        .shows("err| [#] ip link set mtu 1300 up dev wg0"),
                mtu("Q17", "an endpoint on this host", 65456, "endpoint=127.0.0.1:5 tunnel wg0"),
                mtu("Q18", "a route with an MTU", 1280, """
                        ip route add 198.51.100.0/24 via 192.0.2.1 dev v0 mtu 1360
                        endpoint=198.51.100.1:5 tunnel wg0"""),
                mtu("Q18", "a route with a locked MTU", 1320, """
                        ip route add 198.51.100.0/24 via 192.0.2.1 dev v0 mtu lock 1350
                        endpoint=198.51.100.1:5 tunnel wg0"""),
                mtu("Q19", "no endpoint, a default route", 1320, """
                        ip route add default via 192.0.2.1 dev v0
                        endpoint= tunnel wg0"""),
                mtu("Q19", "no endpoint, no default route", 1420, "endpoint= tunnel wg0"),
                mtu("Q20", "an endpoint that cannot be reached", 1420, "endpoint=203.0.113.1:5 tunnel wg0")
                        .exits(0)
                        .originalShows("err| RTNETLINK answers: Network is unreachable")
                        .inOwnWords(),
                mtu("Q21", "the smallest of two endpoints", 1320, """
                        endpoint=127.0.0.1:5 tunnel wg0
                        printf '[Peer]\\nPublicKey = %s\\nEndpoint = 192.0.2.1:5\\n' $K2 >>/etc/wireguard/wg0.conf"""),
                mtu("Q21", "an endpoint of IPv6", 1320, "endpoint='[2001:db8::1]:5' tunnel wg0"),
                mtu("Q22", "an endpoint with a scope", 1300, """
                        ip link add u0 mtu 1380 address 02:00:00:00:00:03 type veth peer name u1 mtu 1380 address 02:00:00:00:00:04
                        for link in u0 u1; do ip link set $link addrgenmode none up; done
                        ip address add 198.51.100.2/24 dev u0; ip route add default via 198.51.100.1 dev u0
                        endpoint='[fe80::1%v0]:5' tunnel wg0"""),
                row(
                                "Q12",
                                "no routes at all",
                                "allowed='0.0.0.0/0, 10.5.0.0/16' tunnel wg0 'Table = off'\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, DELETE_LINK),
                row(
                                "Q13",
                                "a table of one's own",
                                "allowed='0.0.0.0/0, 10.77.0.0/16' tunnel wg0 'Table = 1234'\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(
                                ADD_LINK,
                                CONFIGURE,
                                ADD_ADDRESS,
                                SET_UP,
                                "ip -4 route add 10.77.0.0/16 dev wg0 table 1234",
                                "ip -4 route add 0.0.0.0/0 dev wg0 table 1234",
                                DELETE_LINK),
                row("Q13", "a table with a name", """
                                mkdir -p /etc/iproute2/rt_tables.d; echo 77 mine >/etc/iproute2/rt_tables.d/mine.conf
                                tunnel wg0 'Table = mine'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] ip -4 route add 10.77.0.0/16 dev wg0 table mine"),
                unknownTable("OFF"),
                unknownTable("Auto"),
                row("Q40", "empty values", """
                                install_resolvconf
                                tunnel wg0 'MTU =' 'Table =' 'Address =' 'DNS =' 'PostUp ='
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, ADD_ROUTE, "", DELETE_LINK),
                row("Q41", "a peer without allowed addresses", "allowed= tunnel wg0\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, DELETE_LINK),
                row("Q43", "a thousand routes", """
                                tunnel wg0
                                for ((i = 0; i < 1000; i++)); do
                                  echo "AllowedIPs = 10.$((100 + i / 250)).$((i % 250)).0/24"
                                done >>/etc/wireguard/wg0.conf
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("10.103.249.0/24 dev wg0 scope link"));
    }

    private static QuickCase mtu(String id, String what, int expected, String setup) {
        return row(id, what, setup + "\nquick up wg0; state\n")
                .exits(0)
                .shows("err| [#] ip link set mtu " + expected + " up dev wg0");
    }

    private static QuickCase unknownTable(String name) {
        return row("Q14", "Table = " + name, "tunnel wg0 'Table = " + name + "'\nquick up wg0; state\n")
                .exits(255)
                .originalShows(
                        "err| [#] ip -4 route add 10.77.0.0/16 dev wg0 table " + name,
                        "err| Error: argument \"" + name + "\" is wrong: \"table\" value is invalid",
                        "err| [#] ip link delete dev wg0")
                .oursRefusesAtOnce(name);
    }
}
