// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.DropCounters;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.ThreadPlan;
import io.wgj.engine.io.MemoryUdp;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.path.Packets;
import io.wgj.engine.run.EngineEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two engines with four queues and four workers each, on however many processors there are. As the kernel
/// does, the tests give a flow to one queue.
@Timeout(120)
class SeveralThreadsTest {
    private static final int LEFT = 0x0a630001;
    private static final int RIGHT = 0x0a630002;
    private static final int QUEUES = 4;

    private final EnginePair pair = new EnginePair(new ThreadPlan(QUEUES, 4, false));
    private final EnginePair.Side left = pair.left;
    private final EnginePair.Side right = pair.right;

    @BeforeEach
    void connect() throws Exception {
        pair.connect(LEFT, RIGHT);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    /// The next packet of each flow into its queue.
    private void putOneOfEach(EnginePair.Side from, int number) {
        for (int flow = 0; flow < QUEUES; flow++) {
            int length = 24 + (number * 37 + flow * 311) % 1_396;
            int source = from == left ? LEFT : RIGHT;
            from.queues.get(flow).put(Packets.ipv4(source, LEFT + RIGHT - source, length, flow << 24 | number));
        }
    }

    private static List<Integer> ofFlow(int flow, List<byte[]> packets) {
        return packets.stream()
                .map(packet -> Packets.markOf(packet, 0))
                .filter(mark -> mark >> 24 == flow)
                .map(mark -> mark & 0xffffff)
                .toList();
    }

    private static void assertWhole(List<byte[]> packets, int ofEach) {
        for (int flow = 0; flow < QUEUES; flow++) {
            assertThat(ofFlow(flow, packets))
                    .as("flow %d", flow)
                    .containsExactlyElementsOf(
                            IntStream.range(0, ofEach).boxed().toList());
        }
    }

    private void awaitInEachFlow(int number, List<byte[]> arrived) {
        while (!IntStream.range(0, QUEUES)
                .allMatch(flow -> ofFlow(flow, arrived).contains(number))) {
            arrived.addAll(right.await(1));
        }
    }

    private void warmUp() {
        left.queues.getFirst().put(Packets.ipv4(LEFT, RIGHT, 100, -1));
        right.await(1);
    }

    @Test
    void everyPacketArrivesOnceAndEachFlowInOrder() {
        warmUp();
        int ofEach = 10_000;
        for (int i = 0; i < ofEach; i++) {
            putOneOfEach(left, i);
            putOneOfEach(right, i);
        }
        assertWhole(right.await(QUEUES * ofEach), ofEach);
        assertWhole(left.await(QUEUES * ofEach), ofEach);
        assertThat(left.engine.core().drops().total()).isZero();
        assertThat(right.engine.core().drops().total()).isZero();
        assertThat(pair.notices).isEmpty();
        // Or nothing was proved.
        assertThat(left.engine.rxCounters().handOffs()).isPositive();
        assertThat(right.engine.rxCounters().handOffs()).isPositive();
        assertThat(left.engine.txCounters())
                .hasSize(QUEUES)
                .allSatisfy(counters -> assertThat(counters.messages()).isGreaterThanOrEqualTo(ofEach))
                .allSatisfy(counters -> assertThat(counters.handOffs()).isPositive());
    }

    /// One flow, one queue, and more workers than there can be processors for.
    @Test
    void aSingleStreamIsSealedByManyAndArrivesInOrder() throws Exception {
        int reads = 2_000;
        int segments = 45;
        int size = 1_380;
        try (EnginePair many = new EnginePair(new ThreadPlan(1, 8, false))) {
            many.connect(LEFT, RIGHT);
            many.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, -1));
            many.right.await(1);
            for (int i = 0; i < reads; i++) {
                many.left.tun.putFramed(Packets.largeTcp(LEFT, RIGHT, i * segments * size, segments, size));
            }
            int next = 0;
            while (next < reads * segments * size) {
                for (byte[] packet : many.right.await(1)) {
                    byte[] text = Packets.tcpText(packet);
                    assertThat(Packets.sequenceOf(packet)).as("sequence number").isEqualTo(next);
                    assertThat(Arrays.equals(text, Packets.tcpText(next, text.length)))
                            .as("text from %d on", next)
                            .isTrue();
                    next += text.length;
                }
            }
            assertThat(many.left.engine.txCounters().getFirst().messages())
                    .isGreaterThanOrEqualTo((long) reads * segments);
            assertThat(many.left.engine.txCounters().getFirst().handOffs()).isPositive();
            assertThat(many.right.engine.rxCounters().handOffs()).isPositive();
            assertThat(many.left.engine.core().drops().total()).isZero();
            assertThat(many.right.engine.core().drops().total()).isZero();
            assertThat(many.notices).isEmpty();
        }
    }

    @Test
    void packetsOfAllQueuesThatWaitForAHandshakeKeepTheirOrder() {
        for (int i = 0; i < 30; i++) {
            putOneOfEach(left, i);
        }
        assertWhole(right.await(QUEUES * 30), 30);
        assertThat(left.engine.core().drops().total()).isZero();
    }

    /// Sessions end again and again in the middle of traffic. Staged packets precede newer ones, whichever
    /// threads send them.
    @Test
    void flowsKeepTheirOrderWhereSessionsBeginUnderLoad() {
        warmUp();
        List<byte[]> arrived = new ArrayList<>();
        int ofEach = 0;
        for (int session = 0; session < 20; session++) {
            pair.skip(200);
            for (int i = 0; i < 500; i++) {
                putOneOfEach(left, ofEach++);
            }
            // The oldest staged packets are pushed out, so these arrive, behind everything else.
            arrived.addAll(right.await(1));
            int last = ofEach++;
            putOneOfEach(left, last);
            awaitInEachFlow(last, arrived);
        }
        for (int flow = 0; flow < QUEUES; flow++) {
            assertThat(ofFlow(flow, arrived)).as("flow %d", flow).isSorted().doesNotHaveDuplicates();
        }
        // A thread that has looked at the clock just before it leaps seals one train more under the old session, which
        // is late there, or finds its keys gone. (Handshakes may be dropped, too, when two begin at once.)
        DropCounters here = left.engine.core().drops();
        DropCounters there = right.engine.core().drops();
        assertThat(packets(there, "RX")).as("dropped there: %s", kinds(there)).isEqualTo(there.of(Drop.RX_EXPIRED));
        assertThat(packets(here, "TX"))
                .as("nothing but what did not fit into the staging memory is lost: %s", kinds(here))
                .isEqualTo(here.of(Drop.TX_STAGED_OVERFLOW) + here.of(Drop.TX_SEND_FAILED));
        assertThat((long) QUEUES * ofEach - arrived.size())
                .as("lost, with what was dropped here: %s; there: %s", kinds(here), kinds(there))
                .isEqualTo(packets(here, "TX") + packets(there, "RX"));
        assertThat(pair.notices).isEmpty();
    }

    /// How many packets were dropped on their way out, TX, or in, RX.
    private static long packets(DropCounters drops, String way) {
        return Stream.of(Drop.values())
                .filter(drop -> drop.name().startsWith(way))
                .mapToLong(drops::of)
                .sum();
    }

    /// What was dropped, by reason.
    private static String kinds(DropCounters drops) {
        return Stream.of(Drop.values())
                .filter(drop -> drops.of(drop) > 0)
                .map(drop -> drop + " " + drops.of(drop))
                .collect(Collectors.joining(", "));
    }

    @Test
    void aNewSessionInTheMiddleOfTrafficLosesNothing() {
        warmUp();
        int ofEach = 0;
        List<byte[]> atRight = new ArrayList<>();
        List<byte[]> atLeft = new ArrayList<>();
        for (int session = 0; session < 20; session++) {
            List<Object> before = handshakes();
            // Old enough for a successor, young enough to go on until that is there.
            pair.skip(125);
            int least = ofEach + 500;
            // The next leap of the clock must find nothing under way, and the successor in use.
            while (ofEach < least || handshakes().stream().anyMatch(before::contains)) {
                for (int i = 0; i < 100; i++) {
                    putOneOfEach(left, ofEach);
                    putOneOfEach(right, ofEach++);
                }
                if (ofEach >= least) {
                    atRight.addAll(right.await(QUEUES * ofEach - atRight.size()));
                    atLeft.addAll(left.await(QUEUES * ofEach - atLeft.size()));
                }
            }
        }
        assertWhole(atRight, ofEach);
        assertWhole(atLeft, ofEach);
        assertThat(left.engine.core().drops().total()).isZero();
        assertThat(right.engine.core().drops().total()).isZero();
    }

    /// When each side last had a new session in use.
    private List<Object> handshakes() {
        return List.of(
                left.engine.device().read().peers().getFirst().latestHandshake(),
                right.engine.device().read().peers().getFirst().latestHandshake());
    }

    @Test
    void whatIsSentAgainIsRefused() {
        warmUp();
        Queue<MemoryUdp.Sent> overheard = new ConcurrentLinkedQueue<>();
        pair.network.watch(sent -> sent.from() != left.udp || overheard.add(sent));
        for (int i = 0; i < 500; i++) {
            putOneOfEach(left, i);
        }
        assertWhole(right.await(QUEUES * 500), 500);
        List<MemoryUdp.Sent> again = List.copyOf(overheard);
        for (MemoryUdp.Sent sent : again) {
            left.udp.send(sent.to(), sent.copy(), 0, sent.bytes().capacity(), sent.segmentSize());
        }
        for (int i = 500; i < 1_000; i++) {
            putOneOfEach(left, i);
        }
        List<byte[]> rest = right.await(QUEUES * 500);
        for (int flow = 0; flow < QUEUES; flow++) {
            assertThat(ofFlow(flow, rest))
                    .containsExactlyElementsOf(
                            IntStream.range(500, 1_000).boxed().toList());
        }
        // A keepalive or two may be among what was overheard.
        assertThat(right.engine.core().drops().of(Drop.RX_REPLAY)).isBetween(2_000L, 2_010L);
        assertThat(right.engine.core().drops().total())
                .isEqualTo(right.engine.core().drops().of(Drop.RX_REPLAY));
    }

    /// A peer is taken away and given back, again and again, while trains are sealed and opened with its
    /// keys, which are zeros from then on.
    @Test
    void nothingIsSealedOrAcceptedWithTheKeysOfASessionThatIsGone() throws Exception {
        warmUp();
        Queue<MemoryUdp.Sent> overheard = new ConcurrentLinkedQueue<>();
        pair.network.watch(overheard::add);
        int number = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 100; i++) {
                putOneOfEach(left, number);
                putOneOfEach(right, number++);
            }
            EnginePair.Side one = round % 2 == 0 ? left : right;
            EnginePair.Side other = round % 2 == 0 ? right : left;
            one.engine.device().apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(other.key.publicKey()))));
            one.configure(other, round % 2 == 0 ? RIGHT : LEFT);
            pair.skip(6);
        }
        putOneOfEach(left, number);
        right.await(1);
        Aead aead = Primitives.portable().aead().newContext();
        AeadKey zeros = new AeadKey(new byte[AeadKey.LENGTH]);
        byte[] opened = new byte[1 << 16];
        int messages = 0;
        for (MemoryUdp.Sent sent : overheard) {
            byte[] bytes = sent.copy();
            int step = sent.segmentSize() == 0 ? bytes.length : sent.segmentSize();
            for (int at = 0; at < bytes.length; at += step) {
                int length = Math.min(step, bytes.length - at);
                if (Messages.type(bytes, at, length) == Messages.DATA) {
                    messages++;
                    int sealed = length - Messages.DATA_HEADER;
                    assertThat(aead.open(
                                    zeros,
                                    Messages.counter(bytes, at),
                                    bytes,
                                    at + Messages.DATA_HEADER,
                                    sealed,
                                    opened,
                                    0))
                            .as("a message that anybody can read")
                            .isFalse();
                }
            }
        }
        assertThat(messages).isPositive();
        assertThat(pair.notices).isEmpty();
    }

    @Test
    void anExceptionCostsItsTrainAndTheQueueGoesOn() {
        warmUp();
        for (int i = 0; i < 500; i++) {
            putOneOfEach(left, i);
            if (i % 100 == 0) {
                right.tun.stumble();
            }
        }
        putOneOfEach(left, 4_711);
        List<byte[]> arrived = new ArrayList<>();
        awaitInEachFlow(4_711, arrived);
        for (int flow = 0; flow < QUEUES; flow++) {
            assertThat(ofFlow(flow, arrived)).isSorted().doesNotHaveDuplicates();
        }
        assertThat(pair.notices)
                .isNotEmpty()
                .allSatisfy(notice -> assertThat(notice).contains("a test has asked for"));
    }

    @Test
    void aLinkThatIsDeletedEndsTheEngine() throws Exception {
        warmUp();
        for (int i = 0; i < 2_000; i++) {
            putOneOfEach(left, i);
        }
        right.tun.vanish();
        assertThat(right.engine.end().get()).isEqualTo(EngineEnd.wanted("The interface is gone"));
        right.engine.close();
    }

    @Test
    void closingUnderLoadEndsAllThreads() {
        warmUp();
        int before = Thread.activeCount();
        for (int round = 0; round < 10; round++) {
            EnginePair another = new EnginePair(new ThreadPlan(QUEUES, 4, round % 2 == 0));
            try {
                another.connect(LEFT, RIGHT);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < 1_000; i++) {
                for (int flow = 0; flow < QUEUES; flow++) {
                    another.left.queues.get(flow).put(Packets.ipv4(LEFT, RIGHT, 1_000, flow << 24 | i));
                    another.right.queues.get(flow).put(Packets.ipv4(RIGHT, LEFT, 1_000, flow << 24 | i));
                }
            }
            another.right.await(1);
            another.close();
        }
        assertThat(Thread.activeCount()).isEqualTo(before);
    }
}
