// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Drop;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.MemoryTun;
import io.wgj.engine.packet.VirtioHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A TX thread and two workers, whose work the test does in any order: a batch stays in a worker's queue
/// until the test takes it out.
@Timeout(60)
class TxPathWithWorkersTest {
    private static final int SEGMENTS = 45;
    private static final int SIZE = 1_380;

    private final StillNetwork net = new StillNetwork();
    private final MemoryTun tun = new MemoryTun(true, true);
    private final List<String> notices = new ArrayList<>();
    private final List<Worker<IncomingTrain, OutgoingBatch>> workers = List.of(idle(), idle());
    private final ThreadCounters counters = new ThreadCounters();
    private final TxPath path = new TxPath(
            net.core,
            tun,
            new TxDispatcher(workers.stream().map(worker -> worker.fromTx(0)).toList(), true),
            work(net.aead(), counters),
            net.mtu,
            counters,
            new InternalErrors(counters, notices::add));
    private int sequence;

    TxPathWithWorkersTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        net.connect();
    }

    @AfterEach
    void stop() {
        net.close();
    }

    private static Worker<IncomingTrain, OutgoingBatch> idle() {
        return new Worker<>(
                () -> {
                    throw new IllegalStateException("no thread runs it");
                },
                () -> {
                    throw new IllegalStateException("no thread runs it");
                },
                1,
                false,
                new WorkerCounters(),
                () -> {});
    }

    private BatchHandler work(Aead aead, ThreadCounters own) {
        return new BatchHandler(net.core, () -> aead, net.sender(own), net.mtu, new InternalErrors(own, notices::add));
    }

    private BatchHandler work() {
        return work(net.aead(), new ThreadCounters());
    }

    private OutgoingBatch handedTo(int worker) {
        return Objects.requireNonNull(workers.get(worker).fromTx(0).poll());
    }

    private void finishAll() throws Exception {
        boolean more = true;
        while (more) {
            more = false;
            for (Worker<?, OutgoingBatch> worker : workers) {
                OutgoingBatch batch = worker.fromTx(0).poll();
                if (batch != null) {
                    work().handle(batch);
                    more = true;
                }
            }
        }
    }

    /// A read that fills a batch.
    private void putLarge(int destination) {
        tun.putFramed(Packets.largeTcp(StillNetwork.HUB, destination, sequence, SEGMENTS, SIZE));
        sequence += SEGMENTS * SIZE;
    }

    private void put(int destination, int length, int mark) {
        tun.put(Packets.ipv4(StillNetwork.HUB, destination, length, mark));
    }

    private static byte[] textOf(List<byte[]> packets) {
        byte[] text =
                new byte[packets.stream().mapToInt(packet -> packet.length - 40).sum()];
        int at = 0;
        for (byte[] packet : packets) {
            System.arraycopy(packet, 40, text, at, packet.length - 40);
            at += packet.length - 40;
        }
        return text;
    }

    private static List<Integer> marks(List<byte[]> packets) {
        return packets.stream().map(packet -> Packets.markOf(packet, 0)).toList();
    }

    private List<Long> allCounters() {
        return net.counters().stream().flatMap(List::stream).toList();
    }

    private static List<Long> consecutive(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    @Test
    void batchesThatAreSealedInAnyOrderAreSentInTheOrderOfTheirReads() throws Exception {
        long first = net.session(StillNetwork.ONE).takeCounters(0);
        for (int i = 0; i < 3; i++) {
            putLarge(StillNetwork.ONE);
        }

        assertThat(path.run(net.now)).as("whether there is more").isFalse();
        assertThat(counters.handOffs()).isEqualTo(2);
        assertThat(net.counters()).as("the third waits for the others").isEmpty();
        work().handle(handedTo(1));
        assertThat(net.counters()).as("so does the second").isEmpty();
        work().handle(handedTo(0));

        assertThat(net.counters())
                .hasSize(3)
                .isEqualTo(List.of(
                        consecutive(first, SEGMENTS),
                        consecutive(first + SEGMENTS, SEGMENTS),
                        consecutive(first + 2 * SEGMENTS, SEGMENTS)));
        assertThat(textOf(net.one.packets())).isEqualTo(Packets.tcpText(0, sequence));
    }

    @Test
    void aBatchAloneIsSentAtOnceAndNoWorkerIsWoken() throws Exception {
        put(StillNetwork.ONE, 100, 1);
        assertThat(path.run(net.now)).isFalse();
        assertThat(marks(net.one.packets())).containsExactly(1);
        assertThat(counters.handOffs()).isZero();
    }

    @Test
    void theCountersOfAReadAreTakenAtOnceAndNoneIsLeftOver() throws Exception {
        Keypair session = net.session(StillNetwork.ONE);
        long first = session.takeCounters(0);
        putLarge(StillNetwork.ONE);
        putLarge(StillNetwork.ONE);
        // A read that is not sealed takes no counters.
        tun.putFramed(contradictory());
        put(0x01010101, 100, 1);
        putLarge(StillNetwork.ONE);
        boolean _ = path.run(net.now);

        assertThat(session.takeCounters(0)).as("before any is sent").isEqualTo(first + 3 * SEGMENTS);
        assertThat(net.counters()).isEmpty();
        finishAll();
        assertThat(allCounters()).isEqualTo(consecutive(first, 3 * SEGMENTS));
    }

    @Test
    void oneBatchHoldsReadsOfSeveralPeersAndSizes() throws Exception {
        List<Integer> lengths = List.of(100, 100, 64, 1_400, 40, 0, 900, 900, 901, 333);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            if (lengths.get(i) == 0) {
                putLarge(StillNetwork.ONE);
            } else {
                put(StillNetwork.ONE, lengths.get(i), i);
                expected.add(i);
            }
            if (i < 5) {
                put(StillNetwork.OTHER, 200 - i, i);
            }
        }
        boolean _ = path.run(net.now);
        finishAll();

        List<byte[]> atOne = net.one.packets();
        assertThat(atOne).hasSize(expected.size() + SEGMENTS);
        List<byte[]> stream = atOne.subList(5, 5 + SEGMENTS);
        assertThat(textOf(stream)).isEqualTo(Packets.tcpText(0, sequence));
        List<byte[]> others = new ArrayList<>(atOne);
        others.subList(5, 5 + SEGMENTS).clear();
        for (int i = 0; i < expected.size(); i++) {
            int mark = expected.get(i);
            assertThat(others.get(i))
                    .isEqualTo(Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, lengths.get(mark), mark));
        }
        assertThat(marks(net.other.packets())).containsExactly(0, 1, 2, 3, 4);
        assertThat(net.core.drops().total()).isZero();
        assertThat(notices).isEmpty();
    }

    /// As many small packets as there are go in trains of 64.
    @Test
    void manyReadsOfASizeAreOneTrain() throws Exception {
        for (int i = 0; i < 200; i++) {
            put(StillNetwork.ONE, 100, i);
        }
        while (path.run(net.now)) {}
        finishAll();
        assertThat(net.counters().stream().map(List::size)).containsExactly(64, 64, 64, 8);
        assertThat(marks(net.one.packets()))
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void aReadThatMakesFarMoreThanABatchHoldsIsSentInItsTurn() throws Exception {
        int tiny = 5;
        int segments = 12_000;
        put(StillNetwork.ONE, 100, 1);
        tun.putFramed(Packets.largeTcp(StillNetwork.HUB, StillNetwork.ONE, 0, segments, tiny));
        put(StillNetwork.ONE, 100, 2);
        putLarge(StillNetwork.OTHER);
        boolean _ = path.run(net.now);
        assertThat(counters.handOffs()).isEqualTo(1);
        assertThat(net.counters()).isEmpty();
        finishAll();

        List<byte[]> packets = net.one.packets();
        assertThat(packets).hasSize(segments + 2);
        assertThat(Packets.markOf(packets.getFirst(), 0)).isEqualTo(1);
        assertThat(textOf(packets.subList(1, segments + 1))).isEqualTo(Packets.tcpText(0, segments * tiny));
        assertThat(Packets.markOf(packets.getLast(), 0)).isEqualTo(2);
        assertThat(textOf(net.other.packets())).isEqualTo(Packets.tcpText(0, sequence));
        assertThat(notices).isEmpty();
    }

    /// A packet with a TCP virtio-net header that is not TCP.
    private static byte[] contradictory() {
        byte[] packet = Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 3_000, 1);
        byte[] framed = new byte[VirtioHeader.SIZE + packet.length];
        VirtioHeader.write(framed, 0, VirtioHeader.GSO_TCPV4, 40, 100, 20, 16);
        System.arraycopy(packet, 0, framed, VirtioHeader.SIZE, packet.length);
        return framed;
    }

    @Test
    void readsThatContradictThemselvesAreLeftOutOfTheirBatch() throws Exception {
        put(StillNetwork.ONE, 100, 1);
        tun.putFramed(contradictory());
        tun.putFramed(new byte[3]);
        tun.putFramed(Arrays.copyOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95}, 300));
        put(StillNetwork.ONE, 100, 2);
        assertThat(path.run(net.now)).isFalse();
        assertThat(marks(net.one.packets())).containsExactly(1, 2);
        assertThat(net.core.drops().of(Drop.TX_MALFORMED)).isEqualTo(3);
        assertThat(net.core.drops().total()).isEqualTo(3);
        assertThat(notices).isEmpty();
    }

    @Test
    void nothingIsSentThatWasSealedWithTheKeysOfASessionThatIsGone() throws Exception {
        putLarge(StillNetwork.ONE);
        putLarge(StillNetwork.ONE);
        boolean _ = path.run(net.now);
        // The second is sealed, and waits.
        net.remove(net.one);
        // The first is sealed with zeros.
        finishAll();
        assertThat(net.counters()).isEmpty();
        assertThat(net.core.drops().of(Drop.TX_SEND_FAILED)).isEqualTo(2 * SEGMENTS);
        assertThat(notices).isEmpty();
    }

    @Test
    void anExceptionCostsItsBatchAndTheQueueGoesOn() throws Exception {
        for (int i = 0; i < 3; i++) {
            putLarge(StillNetwork.ONE);
        }
        boolean _ = path.run(net.now);
        ThreadCounters own = new ThreadCounters();
        AtomicInteger left = new AtomicInteger(7);
        Aead clumsy = new SealingWatched(net.aead(), () -> {
            if (left.getAndDecrement() == 0) {
                throw new IllegalStateException("a mistake that a test has asked for");
            }
        });
        work(clumsy, own).handle(handedTo(0));
        finishAll();
        int batch = SEGMENTS * SIZE;
        assertThat(textOf(net.one.packets())).isEqualTo(Packets.tcpText(batch, 2 * batch));
        assertThat(own.failures()).isEqualTo(1);
        assertThat(notices).singleElement().asString().contains("a test has asked for");

        // Its batch can be had again, and nothing of it is left there.
        int before = sequence;
        for (int i = 0; i < 4; i++) {
            putLarge(StillNetwork.ONE);
        }
        while (path.run(net.now)) {
            finishAll();
        }
        finishAll();
        assertThat(textOf(net.one.packets())).isEqualTo(Packets.tcpText(before, sequence - before));
    }

    @Test
    void whileAllBatchesAreUnderWayNothingIsRead() throws Exception {
        for (int i = 0; i < 8; i++) {
            putLarge(StillNetwork.ONE);
        }
        // Two batches for the workers, one that TX seals itself, and one for which there was no batch left.
        assertThat(path.run(net.now)).isTrue();
        assertThat(path.run(net.now)).as("there is more, but no batch").isTrue();
        assertThat(net.counters()).isEmpty();
        finishAll();
        assertThat(allCounters()).hasSize(4 * SEGMENTS);
        while (path.run(net.now)) {
            finishAll();
        }
        finishAll();
        assertThat(textOf(net.one.packets())).isEqualTo(Packets.tcpText(0, sequence));
        assertThat(net.core.drops().total()).isZero();
    }

    @Test
    void whatHasNoSessionIsStagedInItsTurnBehindWhatIsUnderWay() throws Exception {
        putLarge(StillNetwork.ONE);
        put(StillNetwork.ONE, 100, 1);
        boolean _ = path.run(net.now);
        long before = net.now;
        net.expire();
        put(StillNetwork.ONE, 100, 2);
        put(StillNetwork.OTHER, 100, 3);
        boolean _ = path.run(net.now);

        assertThat(net.core.stagedBytes()).as("its turn has not come").isZero();
        assertThat(net.counters()).isEmpty();
        work().handle(handedTo(0));
        assertThat(allCounters()).hasSize(SEGMENTS + 1);
        assertThat(net.core.stagedBytes()).isPositive();
        List<byte[]> packets = net.one.packets(before);
        assertThat(textOf(packets.subList(0, SEGMENTS))).isEqualTo(Packets.tcpText(0, sequence));
        assertThat(marks(packets.subList(SEGMENTS, packets.size()))).containsExactly(1);

        net.handshakes();
        put(StillNetwork.ONE, 100, 4);
        boolean _ = path.run(net.now);
        assertThat(marks(net.one.packets())).containsExactly(2, 4);
        assertThat(marks(net.other.packets())).containsExactly(3);
        assertThat(net.core.drops().total()).isZero();
    }

    /// A packet that found no session when it was read finds one in its turn, where newer ones may be sealed
    /// already.
    @Test
    void aSessionThatComesWhileABatchIsUnderWayDoesNotTurnPacketsRound() throws Exception {
        net.expire();
        byte[] staged = Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 100, 1);
        assertThat(net.core.stage(net.peer(StillNetwork.ONE), staged, 0, staged.length, net.now))
                .isTrue();
        // Of the other peer there is none either, which is why nothing of this batch is sealed ahead.
        putLarge(StillNetwork.OTHER);
        put(StillNetwork.ONE, 100, 2);
        putLarge(StillNetwork.OTHER);
        boolean _ = path.run(net.now);
        net.handshakes();
        put(StillNetwork.ONE, 100, 3);
        boolean _ = path.run(net.now);
        work().handle(handedTo(0));
        finishAll();
        assertThat(marks(net.one.packets())).containsExactly(1, 2, 3);
    }

    @Test
    void whatAnotherThreadHasTakenOutAndNotYetSentGoesFirst() throws Exception {
        OlderFirst.check(net, path, tun);
    }

    /// The same where the newer packet was sealed before the older one was staged.
    @Test
    void whatIsSealedWaitsInItsTurnForWhatIsStaged() throws Exception {
        putLarge(StillNetwork.OTHER);
        put(StillNetwork.ONE, 100, 2);
        putLarge(StillNetwork.OTHER);
        boolean _ = path.run(net.now);
        OutgoingBatch sealed = handedTo(0);
        byte[] older = Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, 100, 1);
        assertThat(net.core.stage(net.peer(StillNetwork.ONE), older, 0, older.length, net.now))
                .isTrue();
        work().handle(sealed);
        assertThat(marks(net.one.packets())).containsExactly(1, 2);
        assertThat(net.core.stagedBytes()).isZero();
    }
}
