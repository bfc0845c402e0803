// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section O: words, file names and the checks before anything happens.
@Tag("namespace")
class QuickArgumentsTest extends QuickCaseSuite {
    private static final String USAGE = " [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]";
    private static final String NAME_RULE =
            "err| wg-quick: The config file must be a valid interface name, followed by .conf";
    /// A user who may read every file (the tools may lie in root's home), and nothing else.
    private static final String SOMEBODY = "setpriv --reuid 65534 --regid 65534 --clear-groups"
            + " --inh-caps=+dac_read_search --ambient-caps=+dac_read_search ";

    @Override
    List<QuickCase> rows() {
        return List.of(
                row("O01", "wrong words", """
                                quick; quick up; quick up wg0 wg1; quick frob wg0; quick UP wg0
                                """)
                        .exits(1, 1, 1, 1, 1)
                        .showsTogether("$ wg-quick UP wg0", "err| Usage: wg-quick" + USAGE)
                        .lacks("out| ")
                        .inOwnWords(),
                row("O02", "help", """
                                quick --help; quick -h; quick help
                                run %swg-quick --help
                                """.formatted(SOMEBODY))
                        .exits(0, 0, 0, 0)
                        .showsTogether("$ wg-quick help", "err| Usage: wg-quick" + USAGE)
                        .lacks("out| ")
                        .inOwnWords(),
                row("O03", "no such file", "quick up wg0")
                        .exits(1)
                        .shows("err| wg-quick: `/etc/wireguard/wg0.conf' does not exist"),
                row("O04", "a file name that is an interface name", """
                                tunnel wg0; cp /etc/wireguard/wg0.conf .
                                quick up wg0.conf
                                """)
                        .exits(1)
                        .shows("err| wg-quick: `/etc/wireguard/wg0.conf.conf' does not exist"),
                row("O05", "file names that are no interface's", """
                                tunnel wg0
                                for name in 'bad name.conf' abcdefghijklmnop.conf wg0.txt; do
                                  cp /etc/wireguard/wg0.conf "$name"
                                  quick strip "./$name"
                                done
                                """)
                        .exits(1, 1, 1)
                        .shows(NAME_RULE, NAME_RULE, NAME_RULE),
                row("O06", "a file that everybody may read", """
                                mkdir d; tunnel wg0; cp /etc/wireguard/wg0.conf d/
                                chmod 755 d; chmod 644 d/wg0.conf
                                quick strip ./d/wg0.conf
                                """)
                        .exits(0)
                        .shows("err| Warning: `/run/case/d/wg0.conf' is world accessible"),
                row("O07", "files that no other user can reach", """
                                tunnel wg0
                                for modes in '644 700' '640 755' '601 704'; do
                                  mkdir -p d; cp /etc/wireguard/wg0.conf d/
                                  chmod ${modes% *} d/wg0.conf; chmod ${modes#* } d
                                  quick strip ./d/wg0.conf
                                done
                                """)
                        .exits(0, 0, 0)
                        .lacks("err| "),
                row("O08", "a link names the interface", """
                                mkdir d; tunnel wg9; mv /etc/wireguard/wg9.conf d/; ln -s d/wg9.conf lnk.conf
                                chmod 755 d; chmod 604 d/wg9.conf
                                quick up ./lnk.conf; state
                                quick save ./lnk.conf; stat -c '%F %n' lnk.conf; show_file d/wg9.conf
                                quick down ./lnk.conf; state
                                """)
                        .exits(0, 0, 0)
                        .shows(
                                "err| Warning: `/run/case/d/wg9.conf' is world accessible",
                                "err| [#] ip link add dev lnk type wireguard",
                                "symbolic link lnk.conf",
                                "-- file d/wg9.conf 600",
                                "err| [#] ip link delete dev lnk"),
                row("O09", "without root", """
                                echo '#!/bin/sh' >bin/sudo; echo 'printf "<%%s>\\n" "$@" >/run/case/sudo.log; exit 42' >>bin/sudo
                                chmod 755 bin/sudo; install -m 666 /dev/null sudo.log
                                tunnel wg0; cp /etc/wireguard/wg0.conf .; chmod 644 wg0.conf
                                run %swg-quick strip ./wg0.conf
                                head -3 sudo.log; tail -2 sudo.log
                                """.formatted(SOMEBODY))
                        .exits(42)
                        .showsTogether(
                                "<-p>",
                                "<wg-quick must be run as root. Please enter the password for %u to continue: >",
                                "<-->",
                                "<strip>",
                                "<./wg0.conf>"),
                row("O10", "SaveConfig is true or false", """
                                for value in yes '' TRUE False; do tunnel wg0 "SaveConfig = $value"; quick strip wg0; done
                                """)
                        .exits(1, 1, 0, 0)
                        .shows(
                                "err| wg-quick: `yes' is neither true nor false",
                                "err| wg-quick: `' is neither true nor false")
                        .lacks("SaveConfig"),
                row("O11", "no such interface", """
                                tunnel wg0; quick down wg0; quick save wg0; state
                                """)
                        .exits(1, 1)
                        .shows(
                                "err| wg-quick: `wg0' is not a WireGuard interface",
                                "err| wg-quick: `wg0' is not a WireGuard interface"),
                row("O12", "a link of that name", """
                                tunnel wg0; ip link add wg0 address 02:00:00:00:00:03 type veth peer name wg1
                                ip link set wg1 address 02:00:00:00:00:04
                                quick up wg0; state
                                """)
                        .exits(1)
                        .shows("err| wg-quick: `wg0' already exists")
                        .lacks("[#]"));
    }
}
