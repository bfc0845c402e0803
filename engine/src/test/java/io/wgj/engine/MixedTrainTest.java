// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.dispatch.ThreadPlan;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.path.Packets;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A train with messages of several peers: they share an address and a port, or a third host sends copies of
/// their messages. RX puts the peers into different queues.
@Timeout(60)
class MixedTrainTest {
    private static final int SPOKES = 8;
    private static final int MESSAGES = 7;
    private static final int HUB = 0x0a620001;
    private static final int FIRST = 0x0a630001;
    private static final int LENGTH = 200;

    private final EnginePair network = new EnginePair(new ThreadPlan(1, 3, false));
    private final EnginePair.Side hub = network.left;
    private final List<EnginePair.Side> spokes = new ArrayList<>();

    @AfterEach
    void stop() {
        spokes.forEach(spoke -> spoke.engine.close());
        network.close();
    }

    @Test
    void eachMessageGoesTheWayOfItsPeer() throws Exception {
        start();
        for (int spoke = 0; spoke < SPOKES; spoke++) {
            spokes.get(spoke).tun.put(Packets.ipv4(FIRST + spoke, HUB, 100, -1));
        }
        hub.await(SPOKES);

        List<Queue<byte[]>> sealed = new ArrayList<>();
        for (EnginePair.Side spoke : spokes) {
            Queue<byte[]> messages = new ConcurrentLinkedQueue<>();
            sealed.add(messages);
            network.network.watch(sent -> sent.from() != spoke.udp || !cut(sent.copy(), sent.segmentSize(), messages));
        }
        for (int spoke = 0; spoke < SPOKES; spoke++) {
            for (int i = 0; i < MESSAGES; i++) {
                spokes.get(spoke).tun.put(Packets.ipv4(FIRST + spoke, HUB, LENGTH, spoke * MESSAGES + i));
            }
        }
        ByteArrayOutputStream train = new ByteArrayOutputStream();
        int step = 0;
        for (int i = 0; i < MESSAGES; i++) {
            for (Queue<byte[]> messages : sealed) {
                while (messages.isEmpty()) {
                    Thread.onSpinWait();
                }
                byte[] message = messages.remove();
                step = message.length;
                train.write(message);
            }
        }
        network.right.udp.bind(9);
        network.right.udp.send(hub.udp.flowHere(), train.toByteArray(), 0, train.size(), step);

        List<byte[]> arrived = hub.await(SPOKES * MESSAGES);
        for (int spoke = 0; spoke < SPOKES; spoke++) {
            int first = spoke * MESSAGES;
            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                expected.add(Packets.ipv4(FIRST + spoke, HUB, LENGTH, first + i));
            }
            assertThat(arrived)
                    .filteredOn(packet -> Packets.markOf(packet, 0) / MESSAGES == first / MESSAGES)
                    .containsExactlyElementsOf(expected);
        }
        assertThat(hub.engine.core().drops().total()).isZero();
        assertThat(network.notices).isEmpty();
    }

    /// Keeps the full messages of a train; false when it has none.
    private static boolean cut(byte[] train, int segmentSize, Queue<byte[]> messages) {
        int step = segmentSize == 0 ? train.length : segmentSize;
        boolean found = false;
        for (int at = 0; at < train.length; at += step) {
            byte[] message = Arrays.copyOfRange(train, at, Math.min(at + step, train.length));
            if (message.length > LENGTH && Messages.type(message, 0, message.length) == Messages.DATA) {
                messages.add(message);
                found = true;
            }
        }
        return found;
    }

    private void start() throws Exception {
        List<PeerUpdate> peers = new ArrayList<>();
        for (int i = 0; i < SPOKES; i++) {
            EnginePair.Side spoke = network.new Side(0xc6130001 + i, 10 + i);
            spokes.add(spoke);
            peers.add(new PeerUpdate.Put(
                    spoke.key.publicKey(),
                    PeerSettings.NONE.withOnlyAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(FIRST + i), 32)))));
        }
        hub.engine
                .device()
                .apply(new DeviceUpdate(Change.set(hub.key), Change.set(hub.port), Change.keep(), true, peers));
        hub.engine.start();
        hub.engine.device().up();
        for (EnginePair.Side spoke : spokes) {
            spoke.configure(hub, HUB);
            spoke.engine.start();
            spoke.engine.device().up();
        }
    }
}
