// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section R: the file that `save` writes.
@Tag("namespace")
class QuickSaveTest extends QuickCaseSuite {
    @Override
    List<QuickCase> rows() {
        return List.of(
                row("R01 R02", "everything that a file keeps", """
                                install_resolvconf
                                tunnel wg0 'SaveConfig = TRUE' 'DNS = 1.1.1.1, example.com' 'MTU = 1300' 'Table = auto' \
                                  'PostDown = echo 4 %i # four' 'PreUp = echo 1 %i' 'PostUp = echo 2' 'PreUp = echo 1b' \
                                  'PreDown = echo 3' '# a comment'
                                quick up wg0
                                ip link set mtu 1290 dev wg0
                                ip address add 10.9.1.1/24 dev wg0
                                wg set wg0 listen-port 7 peer $K2 allowed-ips 10.88.0.0/16,fd88::/48 persistent-keepalive 25 \
                                  endpoint '[2001:db8::9]:9' peer $K1 remove
                                chmod 644 /etc/wireguard/wg0.conf
                                quick save wg0; show_file /etc/wireguard/wg0.conf; ls /etc/wireguard
                                """)
                        .exits(0, 0)
                        .shows(
                                "err| [#] wg showconf wg0",
                                "-- file /etc/wireguard/wg0.conf 600",
                                "[Interface]",
                                "Address = 10.9.0.1/24",
                                "Address = 10.9.1.1/24")
                        .showsTogether(
                                "DNS = 1.1.1.1",
                                "MTU = 1290",
                                "Table = auto",
                                "SaveConfig = true",
                                "PreUp = echo 1 %i",
                                "PreUp = echo 1b",
                                "PostUp = echo 2",
                                "PreDown = echo 3",
                                "PostDown = echo 4 %i # four",
                                "ListenPort = 7",
                                "PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
                                "",
                                "[Peer]",
                                "PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=",
                                "AllowedIPs = 10.88.0.0/16, fd88::/48",
                                "Endpoint = [2001:db8::9]:9",
                                "PersistentKeepalive = 25",
                                "wg0.conf")
                        .lacks("a comment"),
                row("R03", "lines that the file does not have", """
                                tunnel wg0; quick up wg0; quick save wg0; show_file /etc/wireguard/wg0.conf
                                """)
                        .exits(0, 0)
                        .lacks("SaveConfig")
                        .lacks("MTU =")
                        .lacks("Table")
                        .lacks("DNS"),
                row("R04", "down saves first", """
                                tunnel wg0 'SaveConfig = true' 'PreDown = echo before'; quick up wg0
                                wg set wg0 peer $K2 allowed-ips 10.88.0.0/16 peer $K1 remove
                                quick down wg0; show_file /etc/wireguard/wg0.conf; state
                                """)
                        .exits(0, 0)
                        .shows("err| [#] echo before", "err| [#] wg showconf wg0", "err| [#] ip link delete dev wg0")
                        .shows("PublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="),
                row("R05", "a chosen mark becomes a fixed one", """
                                echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark
                                echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode
                                allowed=0.0.0.0/0 tunnel wg0; quick up wg0; quick save wg0; show_file /etc/wireguard/wg0.conf
                                quick down wg0; quick up wg0; state; quick down wg0; state
                                """)
                        .exits(0, 0, 0, 0, 0)
                        .shows("FwMark = 0xca6c", "err| [#] ip -4 rule add not fwmark 51820 table 51820"),
                row("R06", "a name becomes an address", """
                                echo 192.0.2.9 far.example >>/etc/hosts
                                endpoint=far.example:5 tunnel wg0; quick up wg0
                                quick save wg0; show_file /etc/wireguard/wg0.conf
                                """).exits(0, 0).shows("Endpoint = 192.0.2.9:5"),
                row("R07", "no address", """
                                tunnel wg0; quick up wg0; ip address flush dev wg0
                                quick save wg0; show_file /etc/wireguard/wg0.conf
                                """).exits(0, 0).lacks("Address =").shows("[Interface]", "[Peer]"),
                row("R02", "a folder that nothing can be written to", """
                                tunnel wg0; quick up wg0; mount -o remount,ro /etc/wireguard
                                quick save wg0; show_file /etc/wireguard/wg0.conf; state
                                """)
                        .exits(0, 1)
                        .shows("Address = 10.9.0.1/24", "Endpoint = 192.0.2.1:5")
                        .inOwnWords());
    }
}
