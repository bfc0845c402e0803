// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.it.CapturingHost;
import io.wgj.it.Ran;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// JSON out of one device of the kernel and into another, with the names of peers. `wgj` runs in this process.
@Tag("kernel")
class JsonRoundTripKernelTest {
    @Test
    void aDeviceGoesThroughJsonWithItsNamesAndIsTheSame() {
        Transcript transcript = InProcess.run("""
                endpoint='[2001:db8::1]:6' allowed='10.77.0.0/16, fd00::/64' tunnel wg0 'ListenPort = 7000' 'FwMark = 0x99'
                printf 'Name = laptop\\n# phone\\n[Peer]\\nPublicKey = %s\\nPresharedKey = %s\\nPersistentKeepalive = 25\\n' \
                  "$K2" "$PRIV" >>/etc/wireguard/wg0.conf
                run wgj-quick up wg0
                wgj show wg0 --json --secrets --names >/run/case/a.json; wgj show wg0 --json --secrets >/run/case/plain.json
                echo "-- names"; grep -o '"name":"[a-z]*"' a.json
                wgj set wg0 listen-port 0
                ip link add wg1 type wireguard
                run wgj setconf wg1 --json /run/case/a.json
                run wgj diff wg1 /run/case/a.json
                wgj show wg1 --json --secrets | sed 's/"name":"wg1"/"name":"wg0"/' | cmp plain.json && echo "-- same bytes"
                run wgj set wg0 peer phone remove
                sed 's/"listenPort":7000,//' a.json >/run/case/b.json
                echo "-- differ"; wgj diff -u wg0 /run/case/b.json || echo $?
                """, Map.of("wgj", JsonRoundTripKernelTest::wgj));

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.sections("names").getFirst().subList(0, 2))
                .containsExactly("\"name\":\"laptop\"", "\"name\":\"phone\"");
        assertThat(transcript.lines()).contains("-- same bytes");
        assertThat(transcript.sections("differ").getFirst())
                .anyMatch(line -> line.startsWith("+") && line.contains("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi"))
                .contains("6");
    }

    private static Ran wgj(List<String> words) {
        CapturingHost host = new CapturingHost(Map.of(), System.currentTimeMillis() / 1000);
        return host.ran(Programs.run(new Invocation(InvokedAs.WGJ, "wgj", words, host)));
    }
}
