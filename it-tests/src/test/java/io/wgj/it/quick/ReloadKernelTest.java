// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Ran;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `reload`, again and again, under a tunnel that is in use: not one packet is lost. (`wg syncconf` of an
/// unchanged file loses some: it takes each peer's allowed IPs away and gives them back.)
@Tag("kernel")
class ReloadKernelTest {
    private static final int ROUNDS = 12;

    private static final String SCENE = """
            far_end up0 198.51.100.1/24
            ip address add 198.51.100.2/24 dev up0
            far_device 10.9.0.2/24
            endpoint=198.51.100.1:51820 allowed='10.9.0.0/24, 10.88.0.0/16' \
              tunnel wg0 'ListenPort = 51821' 'MTU = 1380'
            quick up wg0; knock 10.9.0.2
            conf=/etc/wireguard/wg0.conf; cp $conf base
            flood-start 10.9.0.2
            wgj-quick-often 100 reload wg0
            for ((round = 0; round < rounds; round++)); do
              case $((round % 6)) in
                1) printf '[Peer]\\nPublicKey = %s\\nAllowedIPs = 10.99.0.0/16\\n' "$K2" >>$conf ;;
                2) sed -i 's|, 10.88.0.0/16||' $conf ;;
                3) sed -i "/^Endpoint/a PersistentKeepalive = $((20 + round))" $conf ;;
                4) sed -i "s/^MTU = .*/MTU = $((1340 + round))/" $conf ;;
                5) cp base $conf ;;
              esac
              wgj-quick reload wg0 2>>log || { cat log; break; }
              ((round >= 6)) || {
                echo "-- round $round"
                wg show wg0 allowed-ips | cut -f2 | sort; wg show wg0 persistent-keepalive | cut -f2 | sort
                ip route show dev wg0; ip -o link show dev wg0 | grep -o 'mtu [0-9]*'
              }
            done
            echo '-- flood'; flood-end
            quick down wg0
            """;

    @Test
    void losesNoPacketWhateverChanges() {
        BlockingQueue<Flood> floods = new ArrayBlockingQueue<>(1);
        Map<String, InProcess.Program> programs = Map.of(
                "flood-start",
                words -> {
                    floods.add(Flood.start(words.getFirst()));
                    return new Ran(0, "", "");
                },
                "flood-end",
                words -> {
                    try (Flood flood = floods.remove()) {
                        return new Ran(0, flood.end() + "\n", "");
                    }
                });

        Transcript transcript = InProcess.run("rounds=" + ROUNDS + "\n" + SCENE, programs);

        assertThat(transcript.exits()).containsExactly(0, 0);
        assertThat(transcript.lines())
                .filteredOn(line -> line.startsWith("sent "))
                .singleElement()
                .asString()
                .endsWith(", lost 0");
        assertThat(round(transcript, 0)).contains("10.9.0.0/24 10.88.0.0/16", "off", "mtu 1380");
        assertThat(round(transcript, 1)).contains("10.99.0.0/16");
        assertThat(round(transcript, 2)).contains("10.9.0.0/24").doesNotContain("10.88.0.0");
        assertThat(round(transcript, 3)).contains("23");
        assertThat(round(transcript, 4)).contains("mtu 1344");
        assertThat(round(transcript, 5)).isEqualTo(round(transcript, 0));
    }

    private static String round(Transcript transcript, int number) {
        return String.join("\n", transcript.sections("round " + number).getFirst());
    }
}
