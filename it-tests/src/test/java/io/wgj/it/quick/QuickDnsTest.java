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

/// Section Q, name servers: what `resolvconf` is called with, and when.
@Tag("namespace")
class QuickDnsTest extends QuickCaseSuite {
    @Override
    List<QuickCase> rows() {
        return List.of(
                row("Q23 Q24", "servers and search domains", """
                                install_resolvconf
                                tunnel wg0 'DNS = 1.1.1.1, 2606:4700::1111,example.com' 'DNS=corp.local'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .echoes(
                                ADD_LINK,
                                CONFIGURE,
                                ADD_ADDRESS,
                                SET_UP,
                                "resolvconf -a wg0 -m 0 -x",
                                ADD_ROUTE,
                                DELETE_LINK,
                                "resolvconf -d wg0 -f")
                        .showsTogether(
                                "-- resolvconf",
                                "resolvconf -a wg0 -m 0 -x",
                                "nameserver 1.1.1.1",
                                "nameserver 2606:4700::1111",
                                "search example.com corp.local",
                                "resolvconf -d wg0 -f"),
                row("Q25", "search domains alone", """
                                install_resolvconf
                                tunnel wg0 'DNS = example.com'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .lacks("resolvconf -"),
                row("Q26", "Debian's order of interfaces", """
                                install_resolvconf
                                mkdir -p /etc/resolvconf; printf 'lo.inet\\ntun*\\neth*\\n' >/etc/resolvconf/interface-order
                                tunnel wg0 'DNS = 1.1.1.1' 'SaveConfig = true'
                                quick up wg0; quick save wg0; show_file /etc/wireguard/wg0.conf; quick down wg0; state
                                """)
                        .exits(0, 0, 0)
                        .shows(
                                "err| [#] resolvconf -a tun.wg0 -m 0 -x",
                                "DNS = 1.1.1.1",
                                "err| [#] resolvconf -d tun.wg0 -f"),
                row("Q26", "a resolvconf that is a link", """
                                install_resolvconf; mv bin/resolvconf resolvconf.real; ln -s ../resolvconf.real bin/resolvconf
                                mkdir -p /etc/resolvconf; printf 'tun*\\n' >/etc/resolvconf/interface-order
                                tunnel wg0 'DNS = 1.1.1.1'
                                """ + UP_AND_DOWN)
                        .exits(0, 0)
                        .shows("err| [#] resolvconf -a wg0 -m 0 -x", "err| [#] resolvconf -d wg0 -f"),
                row("Q27", "no resolvconf", "tunnel wg0 'DNS = 1.1.1.1'\nstate; quick up wg0; state\n")
                        .exits(127)
                        .inOwnWords(),
                row("Q27", "a resolvconf that fails", """
                                printf '#!/bin/sh\\nexit 3\\n' >bin/resolvconf; chmod 755 bin/resolvconf
                                tunnel wg0 'DNS = 1.1.1.1'
                                state; quick up wg0; state
                                """)
                        .exits(3)
                        .echoes(ADD_LINK, CONFIGURE, ADD_ADDRESS, SET_UP, "resolvconf -a wg0 -m 0 -x", DELETE_LINK));
    }
}
