// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static io.wgj.it.quick.QuickCase.row;

import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section P: what `strip` takes away, byte for byte. `cat -A` shows a CR as `^M` and a line's end as `$`.
@Tag("namespace")
class QuickStripTest extends QuickCaseSuite {
    @Override
    List<QuickCase> rows() {
        return List.of(
                strip("P01 P02", "keys in any case, comments", """
                                [interface]
                                  ADDRESS = 10.9.0.1/24
                                	mtu=1300
                                dns = 1.1.1.1 # mine
                                tAbLe = off
                                PreUp = a # b
                                postup = c
                                PREDOWN=d
                                PostDown = e
                                saveconfig = true
                                # a comment

                                  PrivateKey = x # k
                                ListenPort = 5
                                [Peer]
                                  AllowedIPs = 10.0.0.0/8 # net
                                """)
                        .showsTogether(
                                "out| [interface]$",
                                "out| # a comment$",
                                "out| $",
                                "out| PrivateKey = x # k$",
                                "out| ListenPort = 5$",
                                "out| [Peer]$",
                                "out| AllowedIPs = 10.0.0.0/8 # net$",
                                "out| $",
                                "rc 0"),
                strip("P02", "a last line without an end", """
                                printf '[Peer]\\nPublicKey = x' >wg0.conf
                                """, "")
                        .showsTogether("out| [Peer]$", "out| PublicKey = x$", "out| $", "rc 0"),
                strip("P02", "a blank last line without an end", """
                                printf '[Peer]\\nPublicKey = x\\n \\t' >wg0.conf
                                """, "")
                        .showsTogether("out| PublicKey = x$", "out| $", "rc 0"),
                strip("P03", "a file of blanks", "printf '  ' >wg0.conf", "").showsTogether("out| $", "rc 0"),
                strip("P03", "an empty file", ": >wg0.conf", "").showsTogether("out| $", "rc 0"),
                strip("P04", "keys that are not the interface's", """
                                [Interface]
                                [Peer]
                                MTU = 5
                                PostUp = x
                                [ Interface ]
                                MTU = 6
                                """)
                        .showsTogether(
                                "out| [Interface]$",
                                "out| [Peer]$",
                                "out| MTU = 5$",
                                "out| PostUp = x$",
                                "out| [ Interface ]$",
                                "out| MTU = 6$",
                                "out| $"),
                strip("P05", "a second interface section", """
                                [Interface]
                                MTU = 5
                                [Peer]
                                [Interface]
                                MTU = 6
                                ListenPort = 7
                                """)
                        .showsTogether(
                                "out| [Interface]$",
                                "out| [Peer]$",
                                "out| [Interface]$",
                                "out| ListenPort = 7$",
                                "out| $",
                                "rc 0"),
                strip(
                                "P06",
                                "line ends of Windows",
                                "printf '[Interface]\\r\\nAddress = 10.9.0.1/24\\r\\nListenPort = 5\\r\\n' >wg0.conf",
                                "")
                        .showsTogether("out| [Interface]^M$", "out| ListenPort = 5^M$", "out| $", "rc 0"),
                strip("P07", "a bare key", """
                                [Interface]
                                DNS
                                ListenPort
                                """)
                        .showsTogether("out| [Interface]$", "out| ListenPort$", "out| $", "rc 0"),
                strip("P08", "backslashes", """
                                [Interface]
                                Foo = \\\\a\\n\\
                                # \\
                                """)
                        .showsTogether("out| Foo = \\\\a\\n\\$", "out| # \\$", "out| $", "rc 0"),
                strip("P01", "bytes that are no ASCII", """
                                [Interface]
                                # Stra\u00dfe
                                PostUp = \u00fc
                                """).shows("out| # StraM-_e$"));
    }

    private static QuickCase strip(String ids, String what, String file) {
        return strip(ids, what, "cat >wg0.conf", file);
    }

    private static QuickCase strip(String ids, String what, String maker, String file) {
        String stripped = "chmod 600 wg0.conf\nshown() { wg-quick strip ./wg0.conf | cat -A; }\nrun shown\n";
        String made = file.isEmpty() ? maker + "\n" : maker + " <<'END'\n" + file + "END\n";
        return row(ids, what, made + stripped).lacks("err| ");
    }
}
