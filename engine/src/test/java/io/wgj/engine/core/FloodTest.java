// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.noise.Messages;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Too much of everything: handshakes, rubbish, peers.
class FloodTest extends AliceAndBob {
    FloodTest() {
        super(11, Primitives.choose(null, null));
    }

    @Test
    void underAFloodAPeerGetsInByItsCookie() {
        introduce();
        ping(alice, 1, 2, 1);
        TestNetwork.Datagram initiation = initiationOf(alice);
        // The same valid mac1 again and again, from as many ports as it takes to be under load.
        fillQueue(bob, initiation, HandshakeQueue.UNDER_LOAD);
        network.run(SECOND);
        assertThat(bob.core.drops().of(Drop.HANDSHAKE_COOKIE_DEMANDED)).isPositive();
        assertThat(bob.delivered).isEmpty();
        assertThat(network.count(Messages.COOKIE_REPLY)).isPositive();

        // The flood goes on; Alice's retry carries the cookie.
        for (int i = 0; i < 60; i++) {
            fillQueue(bob, initiation, HandshakeQueue.UNDER_LOAD);
            network.run(SECOND / 10);
        }

        TestNetwork.Datagram retry = network.seen(Messages.INITIATION).getLast();
        assertThat(Arrays.copyOfRange(retry.data(), 132, 148)).isNotEqualTo(new byte[16]);
        assertThat(bob.delivered).hasSize(1);
    }

    @Test
    void aFloodOfStrangersNeverMakesBobWorkOrAnswer() {
        introduce();
        byte[] rubbish = new byte[Messages.INITIATION_LENGTH];
        rubbish[0] = Messages.INITIATION;
        for (int i = 0; i < 2000; i++) {
            bob.core.offer(rubbish, 0, rubbish.length, flow(i));
        }
        network.run(SECOND);

        assertThat(bob.core.drops().of(Drop.HANDSHAKE_BAD_MAC1)).isEqualTo(HandshakeQueue.CAPACITY);
        assertThat(bob.core.drops().of(Drop.HANDSHAKE_QUEUE_FULL)).isEqualTo(2000 - HandshakeQueue.CAPACITY);
        assertThat(network.seen).isEmpty();
    }

    @Test
    void initiationsOfOnePeerFasterThanFiftyASecondAreDropped() {
        introduce();
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 1);
        alice.work();
        alice.device.down();
        alice.up();
        ping(alice, 1, 2, 1);
        network.run(SECOND);

        assertThat(bob.core.drops().of(Drop.HANDSHAKE_FLOOD)).isEqualTo(1);
    }

    @Test
    void mutatedDatagramsOfEveryTypeChangeNothing() {
        introduce();
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        ping(bob, 2, 1, 2);
        network.run(SECOND);
        List<TestNetwork.Datagram> originals = List.copyOf(network.seen);
        assertThat(originals).extracting(TestNetwork.Datagram::type).contains(1, 2, 4);
        Object before = List.of(alice.device.read(), bob.device.read());
        Random random = new Random(5);
        long injected = 0;
        long dropsBefore = alice.core.drops().total() + bob.core.drops().total();
        for (int round = 0; round < 4000; round++) {
            TestNetwork.Datagram original = originals.get(random.nextInt(originals.size()));
            byte[] data = mutate(original.data(), random);
            TestNode target = original.to().remoteLow() == 0xc612_0002L ? bob : alice;
            target.arrive(new TestNetwork.Datagram(0, flow(round), original.to(), data));
            target.work();
            injected++;
        }

        assertThat(List.of(alice.device.read(), bob.device.read())).isEqualTo(before);
        assertThat(alice.core.drops().total() + bob.core.drops().total() - dropsBefore)
                .isEqualTo(injected);
        ping(alice, 1, 2, 3);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(2);
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] data = original.clone();
        switch (random.nextInt(4)) {
            case 0 -> data = Arrays.copyOf(data, random.nextInt(data.length));
            case 1 -> data = Arrays.copyOf(data, data.length + 1 + random.nextInt(1400));
            case 2 -> data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
            default -> random.nextBytes(data);
        }
        return data;
    }

    @Test
    void tenThousandIdlePeersLeaveControlNothingToLookAt() {
        addStrangers(alice, 10_000, Change.keep());
        alice.work();

        assertThat(alice.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void twoThousandPeersWithKeepalivesAreLookedAtOnlyWhenDue() {
        addStrangers(alice, 2_000, Change.set(25));
        int looked = 0;
        long end = network.clock.bootNanos() + 4 * SECOND;
        alice.work();
        while (alice.nextDeadline() < end) {
            network.clock.setTo(alice.nextDeadline());
            alice.work();
            looked++;
        }

        assertThat(network.count(Messages.INITIATION)).isEqualTo(2_000);
        assertThat(looked).as("nothing is due in the first four seconds").isZero();
    }

    @Test
    void aThousandPeersWithoutASessionHoldBoundedMemoryAndHinderNoOther() {
        addStrangers(alice, 1_000, Change.keep());
        introduce();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 1_000; i++) {
                byte[] packet = TestNode.packet(1, 2, 1400, round);
                packet[16] = 11;
                packet[18] = (byte) (i >> 8);
                packet[19] = (byte) i;
                alice.transmit(packet);
            }
        }
        assertThat(alice.core.stagedBytes()).isLessThanOrEqualTo(StagingStore.MOST_BYTES);
        assertThat(alice.core.drops().of(Drop.TX_STAGED_OVERFLOW)).isPositive();
        ping(alice, 1, 2, 7);
        network.run(SECOND);
        assertThat(bob.delivered).hasSize(1);

        alice.device.down();
        assertThat(alice.core.stagedBytes()).isZero();
    }

    @Test
    void theDataPathAllocatesNothing() {
        introduce();
        ping(alice, 1, 2, 1);
        network.run(SECOND);
        Peer peer = alice.peer(bob);
        PeerLookup lookup = alice.core.newLookup();
        byte[] packet = TestNode.packet(1, 2, 100, 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long now = network.clock.bootNanos();
        dataPath(alice, peer, lookup, packet, now, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        dataPath(alice, peer, lookup, packet, now + 20_000, 200_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(20_000);
    }

    private static void dataPath(TestNode node, Peer peer, PeerLookup lookup, byte[] packet, long start, int count) {
        for (int i = 0; i < count; i++) {
            long now = start + i;
            Peer found = lookup.byDestination(4, packet, 0);
            Keypair session = found == null ? null : node.core.keypairToSend(found, now);
            if (session == null || found != peer || node.core.hasFlushes()) {
                throw new AssertionError("no session");
            }
            session.takeCounters(1);
            node.core.sent(peer, session, now, 144, false);
            if (node.core.keypair(session.localIndex(), now) != session || !session.accept(now)) {
                throw new AssertionError("not received");
            }
            node.core.received(session, now, 144, true, null);
        }
    }

    private void fillQueue(TestNode node, TestNetwork.Datagram message, int count) {
        for (int i = 0; i < count; i++) {
            node.core.offer(message.data(), 0, message.data().length, flow(i));
        }
    }

    private TestNetwork.Datagram initiationOf(TestNode node) {
        node.work();
        return network.seen(Messages.INITIATION).getLast();
    }

    private static UdpFlow flow(int i) {
        return UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(0x0b00_0000 + i), 1000 + i % 50_000));
    }

    private static void addStrangers(TestNode node, int count, Change<Integer> keepalive) {
        List<PeerUpdate> peers = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            Endpoint.Numeric endpoint = new Endpoint.Numeric(IpAddress.ofV4(0x0c00_0000 + i), 1);
            IpPrefix prefix = new IpPrefix(IpAddress.ofV4(11 << 24 | i), 32);
            peers.add(new PeerUpdate.Put(
                    PublicKey.of(key),
                    PeerSettings.NONE
                            .withEndpoint(endpoint)
                            .withPersistentKeepalive(keepalive)
                            .withMoreAllowedIps(List.of(prefix))));
        }
        node.apply(DeviceUpdate.ofPeers(peers));
    }
}
