// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.Drop;
import io.wgj.engine.path.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One engine with a thousand peers, of which a hundred are really there.
class HubTest {
    private static final int PEERS = 1_000;
    private static final int THERE = 100;
    private static final int PACKETS = 20;
    private static final int HUB = 0x0a620001;
    private static final int FIRST = 0x0a630001;

    private final EnginePair network = new EnginePair();
    private final EnginePair.Side hub = network.left;
    private final List<EnginePair.Side> spokes = new ArrayList<>();

    @Test
    void aHundredPeersTalkAtOnceWhileNineHundredDoNotAnswer() throws Exception {
        try {
            start();
            for (int i = 0; i < PACKETS; i++) {
                for (int spoke = 0; spoke < THERE; spoke++) {
                    spokes.get(spoke).tun.put(Packets.ipv4(FIRST + spoke, HUB, 200, spoke * PACKETS + i));
                }
            }
            Set<Integer> arrived = hub.await(THERE * PACKETS).stream()
                    .map(packet -> Packets.markOf(packet, 0))
                    .collect(Collectors.toSet());
            assertThat(arrived)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, THERE * PACKETS).boxed().toList());

            for (int peer = PEERS - 1; peer >= 0; peer--) {
                for (int i = 0; i < PACKETS; i++) {
                    hub.tun.put(Packets.ipv4(HUB, FIRST + peer, 200, i));
                }
            }
            for (EnginePair.Side spoke : spokes) {
                assertThat(spoke.await(PACKETS))
                        .extracting(packet -> Packets.markOf(packet, 0))
                        .containsExactlyElementsOf(
                                IntStream.range(0, PACKETS).boxed().toList());
            }
            assertThat(hub.engine.core().drops().of(Drop.TX_NO_ENDPOINT)).isEqualTo((PEERS - THERE) * PACKETS);
            assertThat(hub.engine.core().drops().total()).isEqualTo((PEERS - THERE) * PACKETS);
            assertThat(network.notices).isEmpty();
        } finally {
            spokes.forEach(spoke -> spoke.engine.close());
            network.close();
        }
    }

    private void start() throws Exception {
        List<PeerUpdate> peers = new ArrayList<>();
        Random random = new Random(4);
        for (int peer = 0; peer < PEERS; peer++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            PublicKey publicKey = PublicKey.of(key);
            if (peer < THERE) {
                EnginePair.Side spoke = network.new Side(0xc6130001 + peer, 10 + peer);
                spokes.add(spoke);
                publicKey = spoke.key.publicKey();
            }
            peers.add(new PeerUpdate.Put(
                    publicKey,
                    PeerSettings.NONE.withOnlyAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(FIRST + peer), 32)))));
        }
        hub.engine
                .device()
                .apply(new DeviceUpdate(Change.set(hub.key), Change.set(hub.port), Change.keep(), true, peers));
        hub.engine.start();
        hub.engine.device().up();
        network.right.engine.start();
        for (EnginePair.Side spoke : spokes) {
            spoke.configure(hub, HUB);
            spoke.engine.start();
            spoke.engine.device().up();
        }
    }
}
