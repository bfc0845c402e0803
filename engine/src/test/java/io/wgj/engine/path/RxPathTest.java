// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.core.Drop;
import io.wgj.engine.core.DropRecord;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.MemoryTun;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.packet.Segmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RX, alone and with workers, whose work the test does in any order: a train stays in a worker's queue until
/// the test takes it out.
@Timeout(60)
class RxPathTest {
    private static final MergeRules APART = new MergeRules(true, false, false, true);
    private static final MergeRules JOINED = new MergeRules(true, true, true, true);
    private static final int MESSAGES = 20;
    private static final int LENGTH = 320;

    private final StillNetwork net = new StillNetwork();
    private final MemoryTun tun = new MemoryTun(true, true);
    private final List<String> notices = new ArrayList<>();
    private final ThreadCounters counters = new ThreadCounters();
    private final List<Worker<IncomingTrain, OutgoingBatch>> workers = new ArrayList<>();
    private final AtomicInteger untilMistake = new AtomicInteger(-1);
    private Aead aead;
    private long dropsBefore;
    private long bytesBefore;

    RxPathTest() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        net.connect();
        aead = net.aead();
        dropsBefore = net.one.core().drops().total();
        bytesBefore = net.one.receivedBytes();
    }

    @AfterEach
    void stop() {
        net.close();
    }

    private RxPath path(int workerCount, MergeRules rules) {
        for (int i = 0; i < workerCount; i++) {
            workers.add(idle());
        }
        RxDispatcher dispatcher =
                new RxDispatcher(workers.stream().map(Worker::fromRx).toList());
        return new RxPath(
                net.one.core(),
                net.one.udp(),
                dispatcher,
                work(rules),
                counters,
                new InternalErrors(counters, notices::add));
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

    private TrainHandler work(MergeRules rules) {
        return new TrainHandler(
                net.one.core(),
                () -> new OpeningWatched(net.aead(), this::stumble),
                () -> new Merger<>(tun, rules, _ -> {}),
                new InternalErrors(counters, notices::add));
    }

    private void stumble() {
        if (untilMistake.getAndDecrement() == 0) {
            throw new IllegalStateException("a mistake that a test has asked for");
        }
    }

    private IncomingTrain handedTo(int worker) {
        return Objects.requireNonNull(workers.get(worker).fromRx().poll());
    }

    /// Runs the path until the socket is empty. Whatever workers get, they do last things first.
    private void runAll(RxPath path, MergeRules rules) throws Exception {
        boolean more = true;
        while (more) {
            more = path.run(net.now);
            List<IncomingTrain> waiting = new ArrayList<>();
            for (Worker<IncomingTrain, OutgoingBatch> worker : workers) {
                for (IncomingTrain train = worker.fromRx().poll();
                        train != null;
                        train = worker.fromRx().poll()) {
                    waiting.add(train);
                }
            }
            for (IncomingTrain train : waiting.reversed()) {
                work(rules).handle(train);
            }
        }
    }

    /// Packets of one length, sealed one behind the other.
    private byte[] sealed(byte[]... packets) {
        Keypair session = net.session(StillNetwork.ONE);
        SealedTrain train = new SealedTrain(new byte[UdpOutput.MOST_TRAIN_BYTES]);
        for (byte[] packet : packets) {
            train.seal(aead, session, session.takeCounters(1), packet, 0, packet.length);
        }
        return Arrays.copyOf(train.bytes(), train.length());
    }

    private static byte[] packet(int mark) {
        return Packets.ipv4(StillNetwork.HUB, StillNetwork.ONE, LENGTH, mark);
    }

    private static byte[][] packets(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(RxPathTest::packet)
                .toArray(byte[][]::new);
    }

    private void send(byte[] train, int messages) {
        int step = messages == 1 ? 0 : train.length / messages;
        assertThat(net.udp.send(net.one.udp().flowHere(), train, 0, train.length, step))
                .isZero();
    }

    private List<Integer> marks() {
        return tun.takeWritten().stream()
                .map(framed -> Packets.markOf(framed, 10))
                .toList();
    }

    private static List<Integer> consecutive(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    private long dropped(Drop reason) {
        return net.one.core().drops().of(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void everyMessageHasTheSameFateWhateverThreadOpensIt(int workerCount) throws Exception {
        RxPath path = path(workerCount, APART);
        byte[] train = sealed(packets(0, MESSAGES));
        byte[] wrong = sealed(packets(100, MESSAGES));
        int step = wrong.length / MESSAGES;
        wrong[3 * step + 50] ^= 1;
        byte[] unknown = sealed(packet(200));
        unknown[4] ^= 1;
        byte[] late = sealed(packet(300));
        send(train, MESSAGES);
        send(wrong, MESSAGES);
        send(train, MESSAGES);
        send(unknown, 1);
        send(sealed(new byte[0]), 1);
        send(sealed(Packets.ipv4(StillNetwork.OTHER, StillNetwork.ONE, LENGTH, 400)), 1);
        send(sealed(new byte[32]), 1);
        send(new byte[] {4, 0, 0, 0, 1, 2}, 1);
        send(new byte[0], 1);
        send(late, 1);
        runAll(path, APART);

        List<Integer> expected = new ArrayList<>(consecutive(0, MESSAGES));
        expected.addAll(consecutive(100, 3));
        expected.addAll(consecutive(104, MESSAGES - 4));
        expected.add(300);
        assertThat(marks()).isEqualTo(expected);
        assertThat(dropped(Drop.RX_BAD_TAG)).isEqualTo(1);
        assertThat(dropped(Drop.RX_REPLAY)).isEqualTo(MESSAGES);
        assertThat(dropped(Drop.RX_UNKNOWN_INDEX)).isEqualTo(1);
        assertThat(dropped(Drop.RX_DISALLOWED_INNER_SOURCE)).isEqualTo(1);
        DropRecord latest = Objects.requireNonNull(net.one.core().drops().latest(Drop.RX_DISALLOWED_INNER_SOURCE));
        assertThat(latest.address()).isNotNull();
        assertThat(latest.peer()).isNotNull();
        assertThat(dropped(Drop.RX_BAD_INNER_PACKET)).isEqualTo(1);
        assertThat(dropped(Drop.RX_MALFORMED)).isEqualTo(2);
        assertThat(net.one.core().drops().total() - dropsBefore).isEqualTo(MESSAGES + 6);
        // Data messages, good and bad.
        assertThat(counters.messages()).isEqualTo(3 * MESSAGES + 5);
        assertThat(counters.trains()).isEqualTo(8);
        // What was valid, a keepalive and packets of no use among it.
        long full = LENGTH + SealedTrain.OVERHEAD;
        assertThat(net.one.receivedBytes() - bytesBefore)
                .isEqualTo((2 * MESSAGES - 1 + 2) * full + SealedTrain.OVERHEAD + 32 + SealedTrain.OVERHEAD);
        assertThat(counters.handOffs() > 0).isEqualTo(workerCount > 0);
        assertThat(notices).isEmpty();
    }

    @Test
    void trainsThatAreOpenedInAnyOrderAreDeliveredInTheOrderOfArrival() throws Exception {
        RxPath path = path(2, APART);
        for (int i = 0; i < 3; i++) {
            send(sealed(packets(i * MESSAGES, MESSAGES)), MESSAGES);
        }
        assertThat(path.run(net.now)).as("whether there is more").isFalse();
        assertThat(counters.handOffs()).isEqualTo(2);
        assertThat(marks()).as("the third waits for the others").isEmpty();
        work(APART).handle(handedTo(1));
        assertThat(marks()).as("so does the second").isEmpty();
        work(APART).handle(handedTo(0));
        assertThat(marks()).isEqualTo(consecutive(0, 3 * MESSAGES));
    }

    @Test
    void aTrainAloneIsDeliveredAtOnceAndNoWorkerIsWoken() throws Exception {
        RxPath path = path(2, APART);
        for (int i = 0; i < 3; i++) {
            send(sealed(packet(i)), 1);
            assertThat(path.run(net.now)).isFalse();
            assertThat(marks()).containsExactly(i);
        }
        assertThat(counters.handOffs()).isZero();
    }

    /// RX keeps its turn from train to train, and a worker delivers what waits behind its own.
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void packetsOfSeveralTrainsAreJoined(int workerCount) throws Exception {
        RxPath path = path(workerCount, JOINED);
        int segments = 10;
        int size = 100;
        byte[][] packets = cut(3 * segments, size);
        for (int i = 0; i < 3; i++) {
            send(sealed(Arrays.copyOfRange(packets, i * segments, (i + 1) * segments)), segments);
        }
        runAll(path, JOINED);
        List<byte[]> written = tun.takeWritten();
        assertThat(written.size()).isEqualTo(1);
        byte[] text = Packets.tcpText(Arrays.copyOfRange(written.getFirst(), 10, written.getFirst().length));
        assertThat(Arrays.equals(text, Packets.tcpText(0, 3 * segments * size))).isTrue();
    }

    /// The segments of one large packet.
    private static byte[][] cut(int segments, int size) {
        byte[] large = Packets.largeTcp(StillNetwork.HUB, StillNetwork.ONE, 0, segments, size);
        int length = large.length;
        byte[] read = Arrays.copyOf(large, length + 15);
        Segmenter segmenter = new Segmenter(true);
        Stream.Builder<byte[]> packets = Stream.builder();
        for (boolean more = segmenter.start(read, 0, length); more; more = segmenter.next()) {
            packets.add(Arrays.copyOfRange(read, segmenter.offset(), segmenter.offset() + segmenter.length()));
        }
        return packets.build().toArray(byte[][]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anExceptionCostsItsTrainAndTheQueueGoesOn(int workerCount) throws Exception {
        RxPath path = path(workerCount, APART);
        send(sealed(packets(0, MESSAGES)), MESSAGES);
        runAll(path, APART);
        assertThat(marks()).hasSize(MESSAGES);
        for (int i = 0; i < 4; i++) {
            send(sealed(packets(100 * i, MESSAGES)), MESSAGES);
        }
        untilMistake.set(7);
        runAll(path, APART);
        List<Integer> arrived = marks();
        assertThat(counters.failures()).isEqualTo(1);
        assertThat(notices).singleElement().asString().contains("a test has asked for");
        // Of the train in which it happened, those before are there where they were opened in their turn.
        assertThat(arrived).isSorted().doesNotHaveDuplicates();
        assertThat(arrived.size()).isBetween(3 * MESSAGES, 3 * MESSAGES + 7);
    }

    @Test
    void whileAllTrainsAreUnderWayNothingIsReceived() throws Exception {
        RxPath path = path(1, APART);
        int total = 40;
        for (int i = 0; i < total; i++) {
            send(sealed(packet(i)), 1);
        }
        // The first is with the worker, and everything waits for it.
        assertThat(path.run(net.now)).isTrue();
        assertThat(path.run(net.now)).as("there is more, but no train").isTrue();
        assertThat(marks()).isEmpty();
        runAll(path, APART);
        assertThat(marks()).isEqualTo(consecutive(0, total));
    }

    @Test
    void nothingIsAcceptedThatIsOpenedWithTheKeysOfASessionThatIsGone() throws Exception {
        RxPath path = path(2, APART);
        for (int i = 0; i < 3; i++) {
            send(sealed(packets(i * MESSAGES, MESSAGES)), MESSAGES);
        }
        assertThat(path.run(net.now)).isFalse();
        net.one.forgetTheHub();
        runAll(path, APART);
        assertThat(marks()).isEmpty();
        // The last was opened in time, the others with zeros.
        assertThat(dropped(Drop.RX_REPLAY)).isEqualTo(MESSAGES);
        assertThat(dropped(Drop.RX_BAD_TAG)).isEqualTo(2 * MESSAGES);
    }
}
