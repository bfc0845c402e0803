// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.net.DeviceName;
import io.wgj.engine.core.CoreOutput;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.io.Waiter;
import io.wgj.engine.packet.MergeState;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.packet.PacketOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A WireGuard device in this process: one core, two doors, and threads between them: TX, one or several, carries
/// packets from the TUN to the sockets, RX the other way, with workers or without, CONTROL has the handshakes and
/// the timers.
final class Engine implements AutoCloseable {
    private final Doors doors;
    private final Primitives primitives;
    private final DeviceCore core;
    private final EngineDevice device;
    private final Mtu mtu;
    private final List<PathCounters> txCounters = new ArrayList<>();
    private final PathCounters rxCounters = new PathCounters();
    private final MergeState joining;
    private final List<PathCounters> workerCounters = new ArrayList<>();
    private final List<IoLoop> loops = new ArrayList<>();
    private final List<RxWorker> workers = new ArrayList<>();
    private final ControlLoop control;
    private final List<Thread> threads = new ArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /// Makes it; nothing runs before [#start].
    ///
    /// @param mtu the link's at first
    /// @param plan how many workers there are; TX has a thread for each of the doors' queues
    Engine(DeviceName name, Doors doors, Primitives primitives, int mtu, ThreadPlan plan) {
        this.doors = doors;
        this.primitives = primitives;
        this.mtu = new Mtu(mtu);
        this.joining = new MergeState(doors.joining(), doors.notices()::say);
        this.core =
                new DeviceCore(primitives, doors.clock(), doors.randomness(), new Output(doors), doors.handshakes());
        this.device = new EngineDevice(name, core, new Sockets(doors.udp(), doors.rxWaiter()));
        this.control = new ControlLoop(core, doors.controlWaiter(), doors.clock(), doors.notices());
        for (Doors.TxQueue queue : doors.queues()) {
            addTx(queue);
        }
        if (plan.rxWorkers() == 0) {
            addRx(() -> new RxPath(core, doors.udp(), newContext(), newMerger(doors.tun()), rxCounters));
        } else {
            addRxTeam(plan);
        }
        threads.add(thread("control", control));
    }

    private void addTx(Doors.TxQueue queue) {
        PathCounters counters = new PathCounters();
        UdpOutput output = doors.udp().newOutput();
        addLoop(
                "tx",
                () -> new TxPath(core, queue.tun(), output, newContext(), this.mtu, counters),
                queue.waiter(),
                counters);
        txCounters.add(counters);
    }

    private void addRx(Supplier<Path> paths) {
        addLoop("rx", paths, doors.rxWaiter(), rxCounters);
    }

    private void addRxTeam(ThreadPlan plan) {
        for (int i = 0; i < plan.rxWorkers(); i++) {
            PathCounters counters = new PathCounters();
            RxWorker worker = new RxWorker(() -> newWork(counters), plan.spins(), counters, this::linkIsGone);
            workerCounters.add(counters);
            workers.add(worker);
            threads.add(thread("rx-worker", worker));
        }
        RxTeam team = new RxTeam(workers);
        addRx(() -> new SharedRxPath(core, doors.udp(), team, newWork(rxCounters), rxCounters));
    }

    private void addLoop(String name, Supplier<Path> paths, Waiter waiter, PathCounters counters) {
        IoLoop loop = new IoLoop(paths, waiter, doors.clock(), counters, doors.notices(), this::linkIsGone);
        loops.add(loop);
        threads.add(thread(name, loop));
    }

    private TrainWork newWork(PathCounters counters) {
        PacketOutput<TunClosedException> writer = doors.tun().newWriter();
        return new TrainWork(core, this::newContext, () -> newMerger(writer), counters, doors.notices());
    }

    private Aead newContext() {
        return primitives.aead().newContext();
    }

    private Merger<TunClosedException> newMerger(PacketOutput<TunClosedException> output) {
        return new Merger<>(output, doors.joining(), joining);
    }

    private void linkIsGone() {
        end.complete("The interface is gone");
    }

    /// Starts the threads.
    void start() {
        threads.forEach(Thread::start);
    }

    /// What commands see.
    EngineDevice device() {
        return device;
    }

    /// The padding of what is sent from now on keeps within this.
    void followMtu(int bytes) {
        mtu.become(bytes);
    }

    /// What was dropped, and why.
    DeviceCore core() {
        return core;
    }

    /// One for each TX thread.
    List<PathCounters> txCounters() {
        return Collections.unmodifiableList(txCounters);
    }

    PathCounters rxCounters() {
        return rxCounters;
    }

    /// What RX joins before it writes.
    MergeState joining() {
        return joining;
    }

    /// One for each of RX's workers.
    List<PathCounters> workerCounters() {
        return Collections.unmodifiableList(workerCounters);
    }

    /// Completed with the reason when the engine cannot go on, or is closed.
    CompletableFuture<String> end() {
        return end;
    }

    private Thread thread(String name, Runnable loop) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                loop.run();
            } catch (RuntimeException | Error failure) {
                end.complete("The thread " + name + " has failed: " + failure);
                throw failure;
            }
        });
    }

    /// Stops the threads, forgets all keys, closes the doors.
    @Override
    public void close() {
        end.complete("Closed");
        loops.forEach(IoLoop::stop);
        workers.forEach(RxWorker::stop);
        control.stop();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    // The threads must be out of the doors before those are closed.
                    interrupted = true;
                }
            }
        }
        device.close();
        doors.udp().close();
        doors.queues().forEach(queue -> queue.tun().close());
        doors.tun().close();
        doors.queues().forEach(queue -> queue.waiter().close());
        doors.rxWaiter().close();
        doors.controlWaiter().close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Output(Doors doors) implements CoreOutput {
        @Override
        public int send(UdpFlow to, byte[] data, int offset, int length) {
            return doors.udp().send(to, data, offset, length, 0);
        }

        @Override
        public void wakeTx() {
            // Whichever thread is awake takes what is there.
            doors.queues().getFirst().waiter().wake();
        }

        @Override
        public void wakeControl() {
            doors.controlWaiter().wake();
        }
    }
}
