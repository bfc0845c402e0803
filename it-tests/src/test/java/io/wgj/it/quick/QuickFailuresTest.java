// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;
import static io.wgj.it.quick.QuickUpTest.ADD_ADDRESS;
import static io.wgj.it.quick.QuickUpTest.ADD_LINK;
import static io.wgj.it.quick.QuickUpTest.ADD_ROUTE;
import static io.wgj.it.quick.QuickUpTest.CONFIGURE;
import static io.wgj.it.quick.QuickUpTest.DELETE_LINK;
import static io.wgj.it.quick.QuickUpTest.SET_UP;
import static io.wgj.it.quick.QuickUpTest.UP_AND_DOWN;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section Q, what goes wrong, and the hooks.
@Tag("namespace")
class QuickFailuresTest extends QuickCaseSuite {
    @Override
    List<QuickCase> rows() {
        return List.of(
                row("Q28", "a PreUp that fails", "tunnel wg0 'PreUp = ip link show wg0; exit 7'\nquick up wg0; state\n")
                        .exits(7)
                        .echoes(ADD_LINK, "ip link show wg0; exit 7", DELETE_LINK)
                        .inOwnWords(),
                row("Q35", "an MTU that leaves no room for IPv6", """
                                address='10.9.0.1/24 fd09::1/64' allowed='fd77::/48' tunnel wg0 'MTU = 1279'
                                quick up wg0; state
                                """)
                        .exits(2)
                        .oursRefusesAtOnce("1280", "Address fd09::1/64 of line 5"),
                row("Q35", "a path that leaves no room for IPv6", """
                                ip link set v0 mtu 1340
                                address='10.9.0.1/24' allowed='fd77::/48' tunnel wg0
                                quick up wg0; state
                                """)
                        .exits(2)
                        .oursRefusesAtOnce("MTU 1260", "192.0.2.1 by v0", "AllowedIPs fd77::/48", "1280"),
                row("Q29", "a hook stops at its first error", """
                                tunnel wg0 'PreUp = false; echo x'
                                quick up wg0; state
                                """)
                        .exits(1)
                        .echoes(ADD_LINK, "false; echo x", DELETE_LINK)
                        .lacks("out| x"),
                row("Q29", "a pipe in a hook fails as a whole", """
                                tunnel wg0 'PreUp = false | true; echo x'
                                quick up wg0; state
                                """).exits(1).lacks("out| x"),
                row("Q30", "a PostUp that fails after a default route", """
                                echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark
                                allowed='0.0.0.0/0, ::/0' tunnel wg0 'PostUp = exit 9' 'PreDown = echo no' 'PostDown = echo no'
                                state; quick up wg0; state
                                """)
                        .exits(9)
                        .lacks("echo no"),
                row("Q31", "a PreDown that fails", """
                                tunnel wg0 'PreDown = exit 9' 'PreDown = echo no'
                                """ + UP_AND_DOWN)
                        .exits(0, 9)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, ADD_ROUTE, "exit 9"),
                row("Q32", "a PostDown that fails", """
                                tunnel wg0 'PostDown = exit 9' 'PostDown = echo no'
                                """ + UP_AND_DOWN)
                        .exits(0, 9)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, ADD_ROUTE, DELETE_LINK, "exit 9"),
                row("Q33", "words of a hook", "tunnel wg0 'PostUp = echo %i %i $INTERFACE # c'\nquick up wg0\n")
                        .exits(0)
                        .shows("out| wg0 wg0 wg0", "err| [#] echo wg0 wg0 $INTERFACE # c"),
                row("Q33", "what hooks may use", """
                                tunnel wg0 'PostUp = cat <(echo "$LC_ALL" "$(basename "$CONFIG_FILE")")' \
                                  'PostUp = case aab in +(a)b) echo extglob;; esac' 'PostUp = read line || echo end of input' \
                                  'PostDown = ip link show wg0 2>/dev/null || echo gone'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("out| C wg0.conf", "out| extglob", "out| end of input", "out| gone"),
                row(
                                "Q34",
                                "a variable of a hook",
                                "tunnel wg0 'PostUp = X=1' 'PostUp = echo \"[${X-unset}]\"'\nquick up wg0\n")
                        .shows("out| [unset]"),
                row("Q35", "an unknown key", "tunnel wg0 'Foo = bar'\nquick up wg0; state\n")
                        .exits(1)
                        .shows("err| Line unrecognized: `Foo=bar'", "err| Configuration parsing error")
                        .originalShows("err| [#] ip link delete dev wg0")
                        .oursRefusesAtOnce("Line unrecognized: `Foo=bar'"),
                row("Q36", "an address that is none", "address=10.9.0.300/24 tunnel wg0\nquick up wg0; state\n")
                        .exits(1)
                        .originalShows(
                                "err| [#] ip -4 address add 10.9.0.300/24 dev wg0",
                                "err| Error: inet prefix is expected rather than \"10.9.0.300/24\".",
                                "err| [#] ip link delete dev wg0")
                        .oursRefusesAtOnce("10.9.0.300/24"),
                row("Q36", "an address twice", "address='10.9.0.1/24 10.9.0.1/24' tunnel wg0\nquick up wg0; state\n")
                        .exits(2)
                        .originalShows("err| Error: ipv4: Address already assigned.", "err| [#] ip link delete dev wg0")
                        .inOwnWords(),
                row("Q15", "a default route that is there", """
                                ip route add default via 192.0.2.1 dev v0
                                allowed=0.0.0.0/0 tunnel wg0 'Table = main'; quick up wg0; state
                                """)
                        .exits(2)
                        .echoes(
                                ADD_LINK,
                                CONFIGURE,
                                ADD_ADDRESS,
                                SET_UP,
                                "ip -4 route add 0.0.0.0/0 dev wg0 table main",
                                DELETE_LINK)
                        .shows("err| RTNETLINK answers: File exists"),
                row("Q37", "a route that is there", """
                                ip route add 10.77.0.0/16 via 192.0.2.1 dev v0
                                tunnel wg0; quick up wg0; state
                                """)
                        .exits(2)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, ADD_ROUTE, DELETE_LINK)
                        .shows("err| RTNETLINK answers: File exists"),
                row("Q38", "nothing that makes a device", """
                                export WG_QUICK_USERSPACE_IMPLEMENTATION=nosuch
                                tunnel wg0; quick up wg0; state
                                """)
                        .exits(1)
                        .lacks("Falling back")
                        .inOwnWords(),
                row("Q38", "a userspace implementation that fails", """
                                printf '#!/bin/sh\\nexit 5\\n' >bin/broken; chmod 755 bin/broken
                                export WG_QUICK_USERSPACE_IMPLEMENTATION=broken
                                tunnel wg0; quick up wg0; state
                                """)
                        .exits(1)
                        .shows("err| [#] broken wg0")
                        .inOwnWords(),
                row("Q39", "ended in the middle of a PostUp", """
                                allowed=0.0.0.0/0 tunnel wg0 'PostUp = touch /run/case/hook; sleep 1'
                                echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark
                                state
                                wg-quick up wg0 2>err & pid=$!
                                until [[ -e hook ]]; do sleep .02; done
                                kill -TERM $pid; ended=0; wait $pid || ended=$?
                                echo "failed: $((ended != 0))"
                                state
                                """).shows("failed: 1"),
                row(
                                "Q44",
                                "a key that PreUp sets",
                                "key= tunnel wg0 'PreUp = wg set %i private-key <(echo $PRIV)'\n" + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] wg set wg0 private-key <(echo $PRIV)")
                        .shows(
                                "[Interface]; ListenPort = chosen; PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="));
    }
}
