// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `wgj diff`, `wgj-quick diff`, and configuration as JSON, on devices of our own engine.
@Tag("namespace")
class DiffTest {
    private static final String ENGINE = World.onOurEngine() + """
            export WGJ_QUICK_ENGINE=1
            wgj() { "$root/wgj" "$@"; }
            """;

    /// What `show --json --secrets` prints makes another device the same.
    @Test
    void aDeviceGoesThroughJsonAndIsTheSame() {
        Transcript transcript = World.run(Tool.OURS, ENGINE + """
                wgj engine wg0; wgj engine wg1
                echo "$PRIV" >priv; echo "$K2" >psk
                wgj set wg0 private-key priv listen-port 51821 fwmark 0x99 \\
                  peer "$K1" preshared-key psk endpoint 192.0.2.1:5 persistent-keepalive 25 \\
                    allowed-ips 10.0.0.0/8,fd00::/64,0.0.0.0/0 \\
                  peer "$K2" endpoint '[2001:db8::1]:6'
                wgj show wg0 --json --secrets >a.json
                wgj set wg0 listen-port 0
                run wgj setconf wg1 --json a.json
                run wgj diff wg1 a.json
                wgj show wg1 --json --secrets | sed 's/"name":"wg1"/"name":"wg0"/' | cmp a.json && echo same bytes
                wgj show wg0 --json --secrets | wgj syncconf wg1 --json - && wgj show wg1 listen-port >/dev/null
                cut -c1-200 a.json >cut.json
                run wgj setconf wg1 --json cut.json
                wgj show wg1 peers | wc -l
                """);

        assertThat(transcript.exits()).containsExactly(0, 0, 3);
        assertThat(transcript.lines()).contains("same bytes", "2");
    }

    @Test
    void whatSyncconfWouldChangeIsShownAndThenDone() {
        Transcript transcript = World.run(Tool.OURS, ENGINE + """
                wgj engine wg0
                printf '[Interface]\\nListenPort = 51821\\n[Peer]\\nPublicKey = %s\\nAllowedIPs = 10.1.0.0/16\\n' "$K1" >a.conf
                run wgj diff wg0 a.conf
                run wgj diff -u wg0 a.conf
                wgj syncconf wg0 a.conf
                run wgj diff wg0 a.conf
                """);

        assertThat(transcript.exits()).containsExactly(6, 6, 0);
        assertThat(transcript.lines())
                .containsSubsequence(
                        "out| wg set wg0 listen-port 51821",
                        "out| wg set wg0 peer xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg= allowed-ips +10.1.0.0/16",
                        "out| --- wg0",
                        "out| +++ a.conf",
                        "out| +ListenPort = chosen",
                        "out| +AllowedIPs = 10.1.0.0/16");
    }

    @Test
    void aWholeTunnelIsComparedWithItsFile() {
        Transcript transcript = World.run(Tool.OURS, ENGINE + """
                tunnel wg0; wgj-quick up wg0 2>/dev/null
                run wgj-quick diff wg0
                allowed='10.77.0.0/16, 10.78.0.0/16' address='10.9.0.2/24' tunnel wg0
                run wgj-quick diff wg0
                run wgj-quick diff --json wg0
                run wgj-quick diff -q wg0
                wgj-quick reload wg0 2>/dev/null
                run wgj-quick diff wg0
                """);

        assertThat(transcript.exits()).containsExactly(0, 6, 6, 6, 0);
        assertThat(transcript.lines())
                .contains(
                        "out| --- wg0",
                        "out| +++ /etc/wireguard/wg0.conf",
                        "out| +AllowedIPs = 10.78.0.0/16",
                        "out| -ip -4 address add 10.9.0.1/24 dev wg0",
                        "out| +ip -4 address add 10.9.0.2/24 dev wg0")
                .anyMatch(line -> line.startsWith("out| +ip -4 route add 10.78.0.0/16 dev wg0"))
                .anyMatch(line -> line.matches("out\\| @@ -\\S+ \\+\\S+ @@ \\[Peer] [A-Za-z0-9+/]{43}="));
    }
}
