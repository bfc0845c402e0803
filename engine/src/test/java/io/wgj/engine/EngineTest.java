// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Drop;
import io.wgj.engine.io.MemoryUdp;
import io.wgj.engine.path.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final int LEFT = 0x0a630001;
    private static final int RIGHT = 0x0a630002;

    private final EnginePair pair = new EnginePair();
    private final EnginePair.Side left = pair.left;
    private final EnginePair.Side right = pair.right;

    @BeforeEach
    void connect() throws Exception {
        pair.connect(LEFT, RIGHT);
    }

    @AfterEach
    void stop() {
        pair.close();
        assertThat(pair.notices).isEmpty();
    }

    @Test
    void thePacketsThatCausedAHandshakeArriveInOrderBehindIt() {
        for (int i = 0; i < 100; i++) {
            left.tun.put(Packets.ipv4(LEFT, RIGHT, 100 + i, i));
        }
        List<byte[]> arrived = right.await(100);
        for (int i = 0; i < 100; i++) {
            assertThat(arrived.get(i)).isEqualTo(Packets.ipv4(LEFT, RIGHT, 100 + i, i));
        }
    }

    @Test
    void bothDirectionsAtOnceLoseNothing() {
        left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, -1));
        right.await(1);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            left.tun.put(Packets.ipv4(LEFT, RIGHT, 24 + random.nextInt(1_396), i));
            right.tun.put(Packets.ipv4(RIGHT, LEFT, 24 + random.nextInt(1_396), i));
        }
        assertThat(marks(right.await(20_000))).isSorted();
        assertThat(marks(left.await(20_000))).isSorted();
        assertThat(left.engine.core().drops().total()).isZero();
        assertThat(right.engine.core().drops().total()).isZero();
    }

    @Test
    void packetsOfNoPeerAreCountedAndDropped() {
        left.tun.put(Packets.ipv4(LEFT, 0x01010101, 100, 1));
        left.tun.put(new byte[] {0x45, 0, 0});
        left.tun.put(Packets.ipv4(0x02020202, RIGHT, 100, 2));
        left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 3));
        assertThat(marks(right.await(1))).containsExactly(3);
        assertThat(left.engine.core().drops().of(Drop.TX_NO_PEER)).isEqualTo(1);
        assertThat(left.engine.core().drops().of(Drop.TX_MALFORMED)).isEqualTo(1);
        assertThat(right.engine.core().drops().of(Drop.RX_DISALLOWED_INNER_SOURCE))
                .isEqualTo(1);
    }

    @Test
    void anyDatagramIsSurvivedAndTheTunnelGoesOn() throws Exception {
        left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 0));
        right.await(1);
        Random random = new Random(1);
        MemoryUdp stranger = MemoryUdp.ipv4(pair.network, 0xc6120009);
        List<byte[]> overheard = new ArrayList<>();
        pair.network.watch(sent -> overheard.size() > 50 || overheard.add(sent.copy()));
        for (int i = 0; i < 50; i++) {
            left.tun.put(Packets.ipv4(LEFT, RIGHT, 100 + 16 * i, i));
        }
        right.await(50);
        stranger.bind(0);
        for (int i = 0; i < 5_000; i++) {
            byte[] datagram = overheard.get(random.nextInt(overheard.size())).clone();
            switch (random.nextInt(4)) {
                case 0 -> datagram[random.nextInt(datagram.length)] ^= (byte) (1 + random.nextInt(255));
                case 1 -> datagram = Arrays.copyOf(datagram, random.nextInt(datagram.length));
                case 2 -> random.nextBytes(datagram);
                default -> datagram = Arrays.copyOf(datagram, datagram.length + random.nextInt(60_000));
            }
            int size = datagram.length;
            stranger.send(right.udp.flowHere(), datagram, 0, Math.min(size, 65_507), 0);
        }
        left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 4_711));
        assertThat(marks(right.await(1))).containsExactly(4_711);
        assertThat(right.engine.rxCounters().failures()).isZero();
    }

    private static List<Integer> marks(List<byte[]> packets) {
        return packets.stream().map(packet -> Packets.markOf(packet, 0)).toList();
    }
}
