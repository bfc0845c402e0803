// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.noise.SessionKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The core's structures, each against a plain one.
class TablesTest {
    private static final long SECOND = TestClock.SECOND;
    private final Random random = new Random(4);

    @Test
    void indexesAreFoundAfterAnyNumberOfChanges() {
        IndexTable table = new IndexTable(random::nextInt);
        Map<Integer, Keypair> expected = new HashMap<>();
        List<Keypair> present = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (present.isEmpty() || random.nextInt(5) < 3) {
                Keypair session = session(table.fresh());
                table.put(session);
                expected.put(session.localIndex(), session);
                present.add(session);
            } else {
                Keypair gone = present.remove(random.nextInt(present.size()));
                table.remove(gone);
                expected.remove(gone.localIndex());
                assertThat(table.find(gone.localIndex())).isNull();
            }
        }
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((index, session) -> assertThat(table.find(index)).isSameAs(session));
    }

    @Test
    void anIndexPassesToAnotherOwnerAndIsNotTakenFromIt() {
        IndexTable table = new IndexTable(random::nextInt);
        Keypair first = session(5);
        Keypair second = session(5);
        table.put(first);
        table.put(second);
        table.remove(first);

        assertThat(table.find(5)).isSameAs(second);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void anIndexOfZeroIsAnIndex() {
        IndexTable table = new IndexTable(random::nextInt);
        Keypair zero = session(0);
        table.put(zero);
        assertThat(table.find(0)).isSameAs(zero);
        table.remove(zero);

        assertThat(table.find(0)).isNull();
    }

    @Test
    void readersAlwaysFindWhatStaysWhileOthersComeAndGo() throws InterruptedException {
        IndexTable table = new IndexTable(random::nextInt);
        Keypair stays = session(table.fresh());
        table.put(stays);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Boolean> found = new AtomicReference<>(true);
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                if (table.find(stays.localIndex()) != stays) {
                    found.set(false);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 50_000; i++) {
            Keypair session = session(table.fresh());
            table.put(session);
            table.remove(session);
        }
        done.set(true);
        reader.join();

        assertThat(found.get()).isTrue();
    }

    @Test
    void theHeapGivesPeersInTheOrderOfTheirDeadlines() {
        DeadlineHeap heap = new DeadlineHeap();
        Map<Peer, Long> expected = new HashMap<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            peers.add(peer());
        }
        for (int i = 0; i < 20_000; i++) {
            Peer peer = peers.get(random.nextInt(peers.size()));
            long time = random.nextInt(4) == 0 ? PeerTimers.NEVER : random.nextInt(1_000_000);
            heap.set(peer, time);
            expected.put(peer, time);
            long first =
                    expected.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            if (heap.next() != first) {
                assertThat(heap.next()).isEqualTo(first);
            }
        }
        Peer due = heap.due(heap.next());
        assertThat(due).isNotNull();
        assertThat(expected.get(due)).isEqualTo(heap.next());
        assertThat(heap.due(heap.next() - 1)).isNull();
    }

    @Test
    void stagedPacketsComeBackWholeAndInOrder() {
        DropCounters drops = new DropCounters();
        StagingStore store = new StagingStore(drops);
        StagingStore.Queue queue = new StagingStore.Queue();
        List<byte[]> packets = new ArrayList<>();
        for (int length : new int[] {20, 1, 2047, 2048, 2049, 65_535, 4096}) {
            byte[] packet = new byte[length + 3];
            random.nextBytes(packet);
            packets.add(Arrays.copyOfRange(packet, 3, packet.length));
            store.add(queue, packet, 3, length);
        }
        byte[] out = new byte[65_540];
        for (byte[] packet : packets) {
            assertThat(store.take(queue, out, 5)).isEqualTo(packet.length);
            assertThat(Arrays.copyOfRange(out, 5, 5 + packet.length)).isEqualTo(packet);
        }
        assertThat(store.take(queue, out, 0)).isEqualTo(-1);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(store.heldBytes()).isZero();
    }

    @Test
    void theOldestStagedPacketOfAllMakesRoom() {
        DropCounters drops = new DropCounters();
        StagingStore store = new StagingStore(drops);
        List<StagingStore.Queue> queues = new ArrayList<>();
        byte[] packet = new byte[60_000];
        for (int i = 0; i < 400; i++) {
            StagingStore.Queue queue = new StagingStore.Queue();
            queues.add(queue);
            ByteBuffer.wrap(packet).putInt(i);
            store.add(queue, packet, 0, packet.length);
        }
        long dropped = drops.of(Drop.TX_STAGED_OVERFLOW);

        assertThat(store.heldBytes()).isEqualTo(StagingStore.MOST_BYTES);
        assertThat(dropped)
                .isEqualTo(queues.stream().filter(StagingStore.Queue::isEmpty).count());
        assertThat(queues.getFirst().isEmpty()).isTrue();
        byte[] out = new byte[65_535];
        assertThat(store.take(queues.getLast(), out, 0)).isEqualTo(60_000);
        assertThat(ByteBuffer.wrap(out).getInt()).isEqualTo(399);
        queues.forEach(store::clear);
        assertThat(store.heldBytes()).isZero();
    }

    @Test
    void fiveHandshakesAtOnceThenTwentyASecondFromOneAddress() {
        RateLimiter limiter = new RateLimiter(1);
        UdpFlow flow = flow("198.51.100.7", 1);
        int allowed = 0;
        for (int i = 0; i < 100; i++) {
            allowed += limiter.allow(flow, 10 * SECOND) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(5);
        for (int millis = 1; millis <= 10_000; millis++) {
            allowed += limiter.allow(flow, 10 * SECOND + millis * TestClock.MILLI) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(205);
    }

    @Test
    void portsShareALimitAndSoDoesAWholeIpv6Network() {
        RateLimiter limiter = new RateLimiter(1);
        for (int port = 1; port <= 5; port++) {
            assertThat(limiter.allow(flow("198.51.100.7", port), SECOND)).isTrue();
            assertThat(limiter.allow(flow("2001:db8:1:2::" + port, 1), SECOND)).isTrue();
        }
        assertThat(limiter.allow(flow("198.51.100.7", 99), SECOND)).isFalse();
        assertThat(limiter.allow(flow("2001:db8:1:2:ffff::1", 1), SECOND)).isFalse();
        assertThat(limiter.allow(flow("2001:db8:1:3::1", 1), SECOND)).isTrue();
        assertThat(limiter.allow(flow("198.51.100.8", 1), SECOND)).isTrue();
    }

    @Test
    void theLimitersTableIsBoundedAndForgetsTheIdle() {
        RateLimiter limiter = new RateLimiter(1);
        int allowed = 0;
        for (int i = 0; i < 100_000; i++) {
            allowed += limiter.allow(UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(i), 1)), SECOND) ? 1 : 0;
        }
        assertThat(allowed).isBetween(4_000, 8_192);
        assertThat(limiter.allow(UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(99_999), 1)), 3 * SECOND))
                .isTrue();
    }

    @Test
    void theHandshakeQueueKeepsOrderAndRefusesWhenFull() {
        HandshakeQueue queue = new HandshakeQueue();
        UdpFlow flow = flow("198.51.100.7", 1);
        byte[] message = new byte[148];
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < HandshakeQueue.CAPACITY; i++) {
                message[0] = (byte) i;
                assertThat(queue.offer(message, 0, 64, flow)).isTrue();
            }
            assertThat(queue.offer(message, 0, 64, flow)).isFalse();
            for (int i = 0; i < HandshakeQueue.CAPACITY; i++) {
                assertThat(queue.take(message)).isSameAs(flow);
                assertThat(queue.takenLength()).isEqualTo(64);
                assertThat(message[0]).isEqualTo((byte) i);
            }
            assertThat(queue.take(message)).isNull();
        }
    }

    @Test
    void aPeerIsOnlyOnceInAStack() {
        PeerStack stack = new PeerStack();
        Peer first = peer();
        Peer second = peer();

        assertThat(stack.push(first.inRequests)).isTrue();
        assertThat(stack.push(second.inRequests)).isTrue();
        assertThat(stack.push(first.inRequests)).isFalse();
        assertThat(stack.pop()).isSameAs(second);
        assertThat(stack.push(second.inRequests)).isTrue();
        assertThat(stack.pop()).isSameAs(second);
        assertThat(stack.pop()).isSameAs(first);
        assertThat(stack.pop()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1420, 0",
        "1, 1420, 16",
        "16, 1420, 16",
        "1419, 1420, 1420",
        "1420, 1420, 1420",
        "1421, 1420, 1436",
        "2840, 1420, 2840",
        "100, 0, 112",
        "1420, 0, 1424"
    })
    void paddingGoesToSixteenButNotBeyondTheMtu(int length, int mtu, int padded) {
        assertThat(InnerPacket.paddedLength(length, mtu)).isEqualTo(padded);
    }

    @ParameterizedTest
    @CsvSource({
        "45000014, 20, 20",
        "45000014, 64, 20",
        "45000015, 20, -1",
        "45000013, 64, -1",
        "45000014, 19, -1",
        "60000000 0000, 40, 40",
        "60000000 0008, 64, 48",
        "60000000 0009, 48, -1",
        "60000000 0000, 39, -1",
        "35000014, 64, -1",
        "00000000, 64, -1"
    })
    void theInnerLengthMustFitThePlaintext(String start, int plaintext, int expected) {
        byte[] header = HexFormat.of().parseHex(start.replace(" ", ""));
        byte[] packet = Arrays.copyOf(header, Math.max(plaintext, 40));

        assertThat(InnerPacket.lengthWithin(packet, 0, plaintext)).isEqualTo(expected);
    }

    private Keypair session(int index) {
        SessionKeys keys = new SessionKeys(new AeadKey(new byte[32]), new AeadKey(new byte[32]));
        return new Keypair(peer(), index, 1, keys, true, 0);
    }

    private Peer peer() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new Peer(PublicKey.of(key));
    }

    private static UdpFlow flow(String address, int port) {
        return UdpFlow.to(new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), port));
    }
}
