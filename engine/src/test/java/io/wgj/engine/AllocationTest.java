// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.path.BatchHandler;
import io.wgj.engine.path.IncomingTrain;
import io.wgj.engine.path.Mtu;
import io.wgj.engine.path.OutgoingBatch;
import io.wgj.engine.path.Packets;
import io.wgj.engine.path.Path;
import io.wgj.engine.path.RxDispatcher;
import io.wgj.engine.path.RxPath;
import io.wgj.engine.path.SameRead;
import io.wgj.engine.path.TrainHandler;
import io.wgj.engine.path.TrainSender;
import io.wgj.engine.path.TxDispatcher;
import io.wgj.engine.path.TxPath;
import io.wgj.engine.warmup.WarmupWire;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A packet that crosses the engine leaves nothing behind for the garbage collector.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AllocationTest {
    private static final int LEFT = 0x0a630001;
    private static final int RIGHT = 0x0a630002;
    /// Growing a counter's array once, and the like.
    private static final long ONCE = 20_000;

    private static final int ROUNDS = 60;
    /// Room for 20,000 packets on the wire.
    private static final int TRAINS = 450;

    private static final Primitives PRIMITIVES = Primitives.choose(null, null);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EnginePair pair = new EnginePair();
    private final WarmupWire wire = new WarmupWire(1, TRAINS);
    private final SameRead tun = SameRead.unframed(Packets.ipv4(LEFT, RIGHT, 1_380, 1));
    private final TxDispatcher alone = new TxDispatcher(List.of(), true);

    @BeforeEach
    void connect() throws Exception {
        pair.connect(LEFT, RIGHT);
        pair.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 1));
        pair.right.await(1);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void aMillionPacketsOutAndSomeThousandsInAllocateNothing() throws Exception {
        TxPath tx = tx(alone, new ThreadCounters());
        RxPath rx = rx(new RxDispatcher(List.of()), new ThreadCounters());
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;

        // The vector code allocates until it is compiled.
        for (int round = 0; round < ROUNDS; round++) {
            send(tx, now, 2_000);
            while (rx.run(now)) {}
        }
        send(tx, now, 2_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        while (rx.run(now)) {}
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated by 2,000 packets in")
                .isLessThan(ONCE);
        assertThat(pair.right.engine.core().drops().total()).isZero();

        // From here on trains are lost when the wire is full.
        send(tx, now, 1_000);
        before = threads.getCurrentThreadAllocatedBytes();
        send(tx, now, 1_000_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated by a million packets out")
                .isLessThan(ONCE);
        assertThat(alone.sent().messages()).isEqualTo(1_003_000 + ROUNDS * 2_000);
    }

    @Test
    void packetsThatWorkersOpenAllocateNothingEither() throws Exception {
        TxPath tx = tx(alone, new ThreadCounters());
        DeviceCore there = pair.right.engine.core();
        List<Worker<IncomingTrain, OutgoingBatch>> workers = List.of(worker(there), worker(there));
        List<Thread> running = workers.stream().map(Thread.ofPlatform()::start).toList();
        ThreadCounters counters = new ThreadCounters();
        RxDispatcher dispatcher =
                new RxDispatcher(workers.stream().map(Worker::fromRx).toList());
        RxPath rx = rx(dispatcher, counters);
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                send(tx, now, 2_000);
                while (rx.run(now)) {}
            }
            send(tx, now, 20_000);
            long handedOff = counters.handOffs();
            long before = allocated(running);
            while (rx.run(now)) {}
            // Workers may still have a few trains in hand.
            assertThat(allocated(running) - before)
                    .as("bytes allocated by 20,000 packets in")
                    .isLessThan(ONCE);
            assertThat(counters.handOffs()).isGreaterThan(handedOff);
        } finally {
            workers.forEach(Worker::stop);
            for (Thread thread : running) {
                thread.join();
            }
        }
        assertThat(pair.right.engine.core().drops().total()).isZero();
    }

    @Test
    void packetsThatWorkersSealAllocateNothingEither() throws Exception {
        DeviceCore here = pair.left.engine.core();
        List<Worker<IncomingTrain, OutgoingBatch>> workers = List.of(worker(here), worker(here));
        List<Thread> running = workers.stream().map(Thread.ofPlatform()::start).toList();
        ThreadCounters counters = new ThreadCounters();
        TxDispatcher dispatcher = new TxDispatcher(
                workers.stream().map(worker -> worker.fromTx(0)).toList(), true);
        TxPath tx = tx(dispatcher, counters);
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
        try {
            send(tx, now, ROUNDS * 2_000);
            long handedOff = counters.handOffs();
            long before = allocated(running);
            send(tx, now, 500_000);
            // Workers may still have a few batches in hand.
            assertThat(allocated(running) - before)
                    .as("bytes allocated by half a million packets out")
                    .isLessThan(ONCE);
            assertThat(counters.handOffs()).isGreaterThan(handedOff);
            while (dispatcher.sent().messages() + here.drops().total() < ROUNDS * 2_000 + 500_000) {
                Thread.onSpinWait();
            }
        } finally {
            workers.forEach(Worker::stop);
            for (Thread thread : running) {
                thread.join();
            }
        }
        assertThat(here.drops().total()).isZero();
    }

    private TxPath tx(TxDispatcher dispatcher, ThreadCounters counters) {
        DeviceCore here = pair.left.engine.core();
        InternalErrors errors = new InternalErrors(counters, _ -> {});
        return new TxPath(here, tun, dispatcher, sealing(here), new Mtu(1_420), counters, errors);
    }

    private RxPath rx(RxDispatcher dispatcher, ThreadCounters counters) {
        DeviceCore there = pair.right.engine.core();
        return new RxPath(there, wire, dispatcher, opening(there), counters, new InternalErrors(counters, _ -> {}));
    }

    private Worker<IncomingTrain, OutgoingBatch> worker(DeviceCore core) {
        return new Worker<>(() -> opening(core), () -> sealing(core), 1, false, new WorkerCounters(), () -> {});
    }

    private TrainHandler opening(DeviceCore core) {
        return new TrainHandler(
                core,
                PRIMITIVES.aead()::newContext,
                () -> new Merger<>(tun, new MergeRules(true, true, true, true), _ -> {}),
                new InternalErrors(new ThreadCounters(), _ -> {}));
    }

    private BatchHandler sealing(DeviceCore core) {
        ThreadCounters counters = new ThreadCounters();
        return new BatchHandler(
                core,
                PRIMITIVES.aead()::newContext,
                new TrainSender(core, wire, counters),
                new Mtu(1_420),
                new InternalErrors(counters, _ -> {}));
    }

    private long allocated(List<Thread> workers) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        for (Thread worker : workers) {
            bytes += threads.getThreadAllocatedBytes(worker.threadId());
        }
        return bytes;
    }

    private void send(Path tx, long now, int packets) throws Exception {
        tun.left = packets;
        while (tx.run(now)) {}
        assertThat(tun.left).isZero();
    }
}
