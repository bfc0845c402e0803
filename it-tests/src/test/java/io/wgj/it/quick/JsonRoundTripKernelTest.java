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

/// JSON out of one device of the kernel and into another, with the names of peers; and what else our own commands
/// do with such a device. `wgj` runs in this process.
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

    @Test
    void namesBatchDiffAndGraphWorkOnTheKernelsDevice() {
        Transcript transcript = InProcess.run("""
                endpoint='192.0.2.6:6' allowed='10.77.0.0/16' tunnel wg0 'ListenPort = 7000'
                printf 'Name = laptop\\n' >>/etc/wireguard/wg0.conf
                run wgj-quick up wg0
                echo "-- names"; wgj show wg0 --names | grep -A 1 ^peer
                printf '%s\\n' 'wg set wg0 fwmark 7' 'wgj set wg0 peer laptop persistent-keepalive 9' 'wgj-quick diff wg0' \
                  'wg show wg0 fwmark' >/run/case/lines
                echo "-- batch"; wgj batch -k --json /run/case/lines || true
                run wgj-quick reload wg0
                run wgj-quick diff wg0
                echo "-- graph"; wgj graph --mermaid wg0 | grep -c laptop
                """, Map.of("wgj", JsonRoundTripKernelTest::wgj));

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.sections("names").getFirst())
                .containsExactly("peer: laptop", "  public key: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
        List<String> answers = transcript.sections("batch").getFirst();
        assertThat(answers.get(0)).contains("\"line\":1", "\"exit\":0");
        assertThat(answers.get(1)).contains("\"line\":2", "\"exit\":0");
        assertThat(answers.get(2)).contains("\"line\":3", "\"exit\":6", "-PersistentKeepalive = 9");
        assertThat(answers.get(3)).contains("\"output\":\"0x7\\n\"");
        assertThat(transcript.sections("graph").getFirst().getFirst()).isNotEqualTo("0");
    }

    private static Ran wgj(List<String> words) {
        CapturingHost host = new CapturingHost(Map.of(), System.currentTimeMillis() / 1000);
        return host.ran(Programs.run(new Invocation(InvokedAs.WGJ, "wgj", words, host)));
    }
}
