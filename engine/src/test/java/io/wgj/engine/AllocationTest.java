// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.Train;
import io.wgj.engine.io.UdpPort;
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
import io.wgj.engine.path.SharedRxPath;
import io.wgj.engine.path.SharedTxPath;
import io.wgj.engine.path.TrainHandler;
import io.wgj.engine.path.TrainSender;
import io.wgj.engine.path.TxDispatcher;
import io.wgj.engine.path.TxPath;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
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

    private static final Primitives PRIMITIVES = Primitives.choose(null, null);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EnginePair pair = new EnginePair();

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void aMillionPacketsOutAndSomeThousandsInAllocateNothing() throws Exception {
        pair.connect(LEFT, RIGHT);
        pair.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 1));
        pair.right.await(1);

        Wire wire = new Wire();
        SameRead tun = SameRead.unframed(Packets.ipv4(LEFT, RIGHT, 1_380, 1));
        TxPath tx = new TxPath(
                pair.left.engine.core(), tun, wire, PRIMITIVES.aead().newContext(), new Mtu(1_420), new ThreadCounters());
        RxPath rx = new RxPath(
                pair.right.engine.core(),
                wire,
                PRIMITIVES.aead().newContext(),
                new Merger<>(tun, new MergeRules(true, true, true, true), _ -> {}),
                new ThreadCounters());
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;

        wire.keep = true;
        // The vector code allocates until it is compiled.
        for (int round = 0; round < ROUNDS; round++) {
            send(tx, tun, now, 2_000);
            while (rx.run(now)) {}
        }
        send(tx, tun, now, 2_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        while (rx.run(now)) {}
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated by 2,000 packets in")
                .isLessThan(ONCE);
        assertThat(pair.right.engine.core().drops().total()).isZero();

        wire.keep = false;
        send(tx, tun, now, 1_000);
        before = threads.getCurrentThreadAllocatedBytes();
        send(tx, tun, now, 1_000_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated by a million packets out")
                .isLessThan(ONCE);
        assertThat(wire.messages.get()).isEqualTo(1_003_000 + ROUNDS * 2_000);
    }

    @Test
    void packetsThatWorkersOpenAllocateNothingEither() throws Exception {
        pair.connect(LEFT, RIGHT);
        pair.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 1));
        pair.right.await(1);

        Wire wire = new Wire();
        wire.keep = true;
        SameRead tun = SameRead.unframed(Packets.ipv4(LEFT, RIGHT, 1_380, 1));
        TxPath tx = new TxPath(
                pair.left.engine.core(), tun, wire, PRIMITIVES.aead().newContext(), new Mtu(1_420), new ThreadCounters());
        DeviceCore there = pair.right.engine.core();
        List<Worker<IncomingTrain, OutgoingBatch>> workers = List.of(worker(there, tun, wire), worker(there, tun, wire));
        List<Thread> running = workers.stream().map(Thread.ofPlatform()::start).toList();
        ThreadCounters counters = new ThreadCounters();
        SharedRxPath rx = new SharedRxPath(
                there, wire, new RxDispatcher(workers.stream().map(Worker::fromRx).toList()), opening(there, tun), counters, new InternalErrors(counters, _ -> {}));
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                send(tx, tun, now, 2_000);
                while (rx.run(now)) {}
            }
            send(tx, tun, now, 20_000);
            long handedOff = counters.handOffs();
            long before = allocated(running);
            while (rx.run(now)) {}
            // What is under way when RX has nothing more is little.
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
        pair.connect(LEFT, RIGHT);
        pair.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 1));
        pair.right.await(1);

        Wire wire = new Wire();
        SameRead tun = SameRead.unframed(Packets.ipv4(LEFT, RIGHT, 1_380, 1));
        DeviceCore here = pair.left.engine.core();
        List<Worker<IncomingTrain, OutgoingBatch>> workers = List.of(worker(here, tun, wire), worker(here, tun, wire));
        List<Thread> running = workers.stream().map(Thread.ofPlatform()::start).toList();
        ThreadCounters counters = new ThreadCounters();
        InternalErrors errors = new InternalErrors(counters, _ -> {});
        SharedTxPath tx = new SharedTxPath(
                here, tun, new TxDispatcher(workers.stream().map(worker -> worker.fromTx(0)).toList(), true), sealing(here, wire), new Mtu(1_420), counters, errors);
        long now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
        try {
            send(tx, tun, now, ROUNDS * 2_000);
            long handedOff = counters.handOffs();
            long before = allocated(running);
            send(tx, tun, now, 500_000);
            // What is under way when TX has nothing more is little.
            assertThat(allocated(running) - before)
                    .as("bytes allocated by half a million packets out")
                    .isLessThan(ONCE);
            assertThat(counters.handOffs()).isGreaterThan(handedOff);
            while (wire.messages.get() + here.drops().total() < ROUNDS * 2_000 + 500_000) {
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

    private static Worker<IncomingTrain, OutgoingBatch> worker(DeviceCore core, SameRead tun, Wire wire) {
        return new Worker<>(
                () -> opening(core, tun), () -> sealing(core, wire), 1, false, new WorkerCounters(), () -> {});
    }

    private static TrainHandler opening(DeviceCore core, SameRead tun) {
        return new TrainHandler(
                core,
                PRIMITIVES.aead()::newContext,
                () -> new Merger<>(tun, new MergeRules(true, true, true, true), _ -> {}),
                new InternalErrors(new ThreadCounters(), _ -> {}));
    }

    private static BatchHandler sealing(DeviceCore core, Wire wire) {
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

    private static void send(Path tx, SameRead tun, long now, int packets) throws Exception {
        tun.left = packets;
        while (tx.run(now)) {}
        assertThat(tun.left).isZero();
    }

    /// Keeps trains for a receiver, or only counts their messages.
    private static final class Wire implements UdpPort {
        private record Kept(ByteBuffer bytes, int segmentSize) {}

        private final ArrayDeque<Kept> kept = new ArrayDeque<>();
        boolean keep;
        final AtomicLong messages = new AtomicLong();

        @Override
        public boolean receive(Train into) {
            Kept next = kept.poll();
            if (next == null) {
                return false;
            }
            into.length = next.bytes.capacity();
            next.bytes.get(0, into.data, 0, into.length);
            into.segmentSize = next.segmentSize == 0 ? into.length : next.segmentSize;
            into.ipv6 = false;
            into.remoteHigh = 0;
            into.remoteLow = 0xc6120001L;
            into.port = 50_001;
            into.scopeId = 0;
            into.hasLocal = true;
            into.localHigh = 0;
            into.localLow = 0xc6120002L;
            into.localInterface = 1;
            return true;
        }

        @Override
        public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
            messages.addAndGet(segmentSize == 0 ? 1 : (length + segmentSize - 1) / segmentSize);
            if (keep) {
                kept.add(new Kept(ByteBuffer.wrap(Arrays.copyOfRange(from, offset, offset + length)), segmentSize));
            }
            return SENT;
        }

        @Override
        public int bind(int port) {
            return port;
        }

        @Override
        public void unbind() {}

        @Override
        public int port() {
            return 1;
        }

        @Override
        public void mark(int mark) {}

        @Override
        public void close() {}
    }
}
