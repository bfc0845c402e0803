// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.net.DeviceName;
import io.wgj.engine.core.CoreOutput;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.ThreadPlan;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.io.Waiter;
import io.wgj.engine.packet.MergeState;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.packet.PacketOutput;
import io.wgj.engine.path.BatchHandler;
import io.wgj.engine.path.IncomingTrain;
import io.wgj.engine.path.IoLoop;
import io.wgj.engine.path.Mtu;
import io.wgj.engine.path.OutgoingBatch;
import io.wgj.engine.path.Path;
import io.wgj.engine.path.RxDispatcher;
import io.wgj.engine.path.RxPath;
import io.wgj.engine.path.TrainHandler;
import io.wgj.engine.path.TrainSender;
import io.wgj.engine.path.TxDispatcher;
import io.wgj.engine.path.TxPath;
import io.wgj.engine.run.EngineEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A WireGuard device in this process: one [DeviceCore], a TUN, UDP sockets, and the threads that connect
/// them. TX threads carry packets from the TUN to the sockets, RX carries them back, both with or without
/// workers. CONTROL has the handshakes and the timers.
final class Engine implements AutoCloseable {
    private final EngineTransports transports;
    private final Primitives primitives;
    private final DeviceCore core;
    private final EngineDevice device;
    private final Mtu mtu;
    private final List<Supplier<ThreadCounters>> txCounters = new ArrayList<>();
    private final ThreadCounters rxCounters = new ThreadCounters();
    private final MergeState joining;
    private final List<WorkerCounters> workerCounters = new ArrayList<>();
    private final List<IoLoop> loops = new ArrayList<>();
    private final List<Worker<IncomingTrain, OutgoingBatch>> workers = new ArrayList<>();
    private final ControlLoop control;
    private final List<Thread> threads = new ArrayList<>();
    private final CompletableFuture<EngineEnd> end = new CompletableFuture<>();

    /// Creates the engine; no thread runs before [#start].
    ///
    /// @param mtu the link's MTU at first
    /// @param plan how many workers there are; there is a TX thread for each queue of `transports`
    Engine(DeviceName name, EngineTransports transports, Primitives primitives, int mtu, ThreadPlan plan) {
        this.transports = transports;
        this.primitives = primitives;
        this.mtu = new Mtu(mtu);
        this.joining = new MergeState(transports.joining(), transports.operatorLog()::report);
        this.core = new DeviceCore(
                primitives,
                transports.clock(),
                transports.randomness(),
                new Output(transports),
                transports.handshakes());
        this.device = new EngineDevice(name, core, new Sockets(transports.udp(), transports.rxWaiter()));
        this.control = new ControlLoop(core, transports.controlWaiter(), transports.clock(), transports.operatorLog());
        for (int i = 0; i < plan.workers(); i++) {
            addWorker(plan.spins());
        }
        for (int i = 0; i < transports.queues().size(); i++) {
            addTx(i);
        }
        addRx();
        threads.add(thread("control", control));
    }

    private void addWorker(boolean spins) {
        WorkerCounters counters = new WorkerCounters();
        Worker<IncomingTrain, OutgoingBatch> worker = new Worker<>(
                () -> newTrainHandler(counters.opening()),
                () -> newBatchHandler(transports.udp().newOutput(), counters.sealing()),
                transports.queues().size(),
                spins,
                counters,
                this::linkIsGone);
        workerCounters.add(counters);
        workers.add(worker);
        threads.add(thread("worker", worker));
    }

    private void addTx(int number) {
        EngineTransports.TxQueue queue = transports.queues().get(number);
        ThreadCounters counters = new ThreadCounters();
        UdpOutput output = transports.udp().newOutput();
        TxDispatcher dispatcher = new TxDispatcher(
                workers.stream().map(worker -> worker.fromTx(number)).toList(),
                queue.tun().vnetHeader());
        InternalErrors errors = new InternalErrors(counters, transports.operatorLog());
        Supplier<Path> paths = () ->
                new TxPath(core, queue.tun(), dispatcher, newBatchHandler(output, counters), mtu, counters, errors);
        txCounters.add(() -> counters.plus(dispatcher.sent()));
        addLoop("tx", paths, queue.waiter(), counters);
    }

    private void addRx() {
        RxDispatcher dispatcher =
                new RxDispatcher(workers.stream().map(Worker::fromRx).toList());
        InternalErrors errors = new InternalErrors(rxCounters, transports.operatorLog());
        Supplier<Path> paths =
                () -> new RxPath(core, transports.udp(), dispatcher, newTrainHandler(rxCounters), rxCounters, errors);
        addLoop("rx", paths, transports.rxWaiter(), rxCounters);
    }

    private void addLoop(String name, Supplier<Path> paths, Waiter waiter, ThreadCounters counters) {
        InternalErrors errors = new InternalErrors(counters, transports.operatorLog());
        IoLoop loop = new IoLoop(paths, waiter, transports.clock(), counters, errors, this::linkIsGone);
        loops.add(loop);
        threads.add(thread(name, loop));
    }

    private TrainHandler newTrainHandler(ThreadCounters counters) {
        PacketOutput<TunClosedException> writer = transports.tun().newWriter();
        InternalErrors errors = new InternalErrors(counters, transports.operatorLog());
        return new TrainHandler(core, this::newContext, () -> newMerger(writer), errors);
    }

    private BatchHandler newBatchHandler(UdpOutput output, ThreadCounters counters) {
        InternalErrors errors = new InternalErrors(counters, transports.operatorLog());
        return new BatchHandler(core, this::newContext, new TrainSender(core, output, counters), mtu, errors);
    }

    private Aead newContext() {
        return primitives.aead().newContext();
    }

    private Merger<TunClosedException> newMerger(PacketOutput<TunClosedException> output) {
        return new Merger<>(output, transports.joining(), joining);
    }

    private void linkIsGone() {
        end.complete(EngineEnd.wanted("The interface is gone"));
    }

    /// Starts the threads.
    void start() {
        threads.forEach(Thread::start);
    }

    /// The device as commands see it.
    EngineDevice device() {
        return device;
    }

    /// Sets the MTU, which limits the padding of messages.
    void followMtu(int bytes) {
        mtu.become(bytes);
    }

    /// The core, which counts drops by reason.
    DeviceCore core() {
        return core;
    }

    /// What each TX thread has read and sent, at this moment.
    List<ThreadCounters> txCounters() {
        return txCounters.stream().map(Supplier::get).toList();
    }

    ThreadCounters rxCounters() {
        return rxCounters;
    }

    /// What RX joins before it writes to the TUN.
    MergeState joining() {
        return joining;
    }

    /// Whether there are workers.
    boolean hasWorkers() {
        return !workers.isEmpty();
    }

    /// What each worker has done.
    List<WorkerCounters> workerCounters() {
        return Collections.unmodifiableList(workerCounters);
    }

    /// Completes with the reason when the engine cannot go on or is closed.
    CompletableFuture<EngineEnd> end() {
        return end;
    }

    private Thread thread(String name, Runnable loop) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                loop.run();
            } catch (RuntimeException | Error failure) {
                end.complete(EngineEnd.failure("The thread " + name + " has failed: " + failure));
                throw failure;
            }
        });
    }

    /// Stops the threads, wipes all keys, closes the TUN and the sockets.
    @Override
    public void close() {
        end.complete(EngineEnd.wanted("Closed"));
        loops.forEach(IoLoop::stop);
        workers.forEach(Worker::stop);
        control.stop();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    // No descriptor may be closed while a thread uses it.
                    interrupted = true;
                }
            }
        }
        device.close();
        transports.udp().close();
        transports.queues().forEach(queue -> queue.tun().close());
        transports.tun().close();
        transports.queues().forEach(queue -> queue.waiter().close());
        transports.rxWaiter().close();
        transports.controlWaiter().close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Output(EngineTransports transports) implements CoreOutput {
        @Override
        public int send(UdpFlow to, byte[] data, int offset, int length) {
            return transports.udp().send(to, data, offset, length, 0);
        }

        @Override
        public void wakeTx() {
            // Any TX thread can send what is staged.
            transports.queues().getFirst().waiter().wake();
        }

        @Override
        public void wakeControl() {
            transports.controlWaiter().wake();
        }
    }
}
