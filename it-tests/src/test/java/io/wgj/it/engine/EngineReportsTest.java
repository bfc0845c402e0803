// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a running engine says about a peer whose port is closed, and how much of it is logged.
@Tag("namespace")
class EngineReportsTest {
    private static final String SCRIPT = """
            set -eu
            mount -t tmpfs tmpfs /mnt; cd /mnt
            near() { ip netns exec near "$@"; }
            for host in near far; do ip netns add $host; done
            ip -n near link add eth0 type veth peer name eth0 netns far
            ip -n near address add 192.0.2.1/24 dev eth0; ip -n far address add 192.0.2.2/24 dev eth0
            for host in near far; do ip -n $host link set lo up; ip -n $host link set eth0 up; done
            $root/wgj genkey >key; peer=$($root/wgj genkey | $root/wgj pubkey)
            ip netns exec near $root/wgj engine -f wgr 2>out & engine=$!
            until near $root/wgj engine --log error wgr 2>/dev/null; do sleep 0.1; done
            near $root/wgj set wgr private-key key peer $peer endpoint 192.0.2.2:9 allowed-ips 10.9.0.2/32
            ip -n near address add 10.9.0.1/24 dev wgr; ip -n near link set wgr up
            near ping -c 1 -w 2 10.9.0.2 >/dev/null || true
            near $root/wgj engine --log verbose wgr
            near ping -c 6 -w 7 10.9.0.2 >/dev/null || true
            near $root/wgj engine --log silent wgr
            near $root/wgj engine --stats wgr | grep ^last
            near $root/wgj engine --log loud wgr || echo "loud: $?"
            kill $engine; wait $engine || true; cat out
            """;

    @Tag("long")
    @Test
    void whoRefusesIsInTheLogAndTheStatistics() {
        Ran ran = Command.of(Product.root().resolve("it-tests/grounds/isolated"), "bash", "-c", SCRIPT)
                .env("root", Product.root().toString())
                .timeout(Duration.ofMinutes(2))
                .run()
                .ok();

        String error = "192.0.2.2 says: port unreachable, about datagrams to 192.0.2.2:9";
        assertThat(ran.stdout()).contains("last icmp error: " + error, "loud: 2");
        assertThat(ran.stdout().lines().filter(line -> line.startsWith("ERROR: (wgr) ")))
                .singleElement()
                .asString()
                .endsWith(error);
        assertThat(ran.stdout().lines().filter(line -> line.startsWith("DEBUG: (wgr) ")))
                .anyMatch(line -> line.contains("Sending handshake initiation to 192.0.2.2:9"));
    }
}
