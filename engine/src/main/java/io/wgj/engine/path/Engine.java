// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.net.DeviceName;
import io.wgj.engine.core.CoreOutput;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.packet.Merger;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A WireGuard device in this process: one core, two doors, and three threads between them. TX carries packets from
/// the TUN to the sockets, RX the other way, CONTROL has the handshakes and the timers.
final class Engine implements AutoCloseable {
    private final Doors doors;
    private final DeviceCore core;
    private final EngineDevice device;
    private final Mtu mtu;
    private final PathCounters txCounters = new PathCounters();
    private final PathCounters rxCounters = new PathCounters();
    private final IoLoop tx;
    private final IoLoop rx;
    private final ControlLoop control;
    private final List<Thread> threads;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /// Makes it; nothing runs before [#start].
    ///
    /// @param mtu the link's at first
    Engine(DeviceName name, Doors doors, Primitives primitives, int mtu) {
        this.doors = doors;
        this.mtu = new Mtu(mtu);
        this.core =
                new DeviceCore(primitives, doors.clock(), doors.randomness(), new Output(doors), doors.handshakes());
        this.device = new EngineDevice(name, core, new Sockets(doors.udp(), doors.rxWaiter()));
        Runnable gone = () -> end.complete("The interface is gone");
        this.tx = new IoLoop(
                () -> new TxPath(
                        core, doors.tun(), doors.udp(), primitives.aead().newContext(), this.mtu, txCounters),
                doors.txWaiter(),
                doors.clock(),
                txCounters,
                doors.notices(),
                gone);
        this.rx = new IoLoop(
                () -> new RxPath(
                        core,
                        doors.udp(),
                        primitives.aead().newContext(),
                        new Merger<>(doors.tun(), doors.joining(), doors.notices()::say),
                        rxCounters),
                doors.rxWaiter(),
                doors.clock(),
                rxCounters,
                doors.notices(),
                gone);
        this.control = new ControlLoop(core, doors.controlWaiter(), doors.clock(), doors.notices());
        this.threads = List.of(thread("tx", tx), thread("rx", rx), thread("control", control));
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

    PathCounters txCounters() {
        return txCounters;
    }

    PathCounters rxCounters() {
        return rxCounters;
    }

    /// Completed with the reason when the engine cannot go on, or is closed.
    CompletableFuture<String> end() {
        return end;
    }

    private Thread thread(String name, Runnable loop) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                loop.run();
            } catch (Error failure) {
                end.complete("The thread " + name + " has failed: " + failure);
                throw failure;
            }
        });
    }

    /// Stops the threads, forgets all keys, closes the doors.
    @Override
    public void close() {
        end.complete("Closed");
        tx.stop();
        rx.stop();
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
        doors.tun().close();
        doors.txWaiter().close();
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
            doors.txWaiter().wake();
        }

        @Override
        public void wakeControl() {
            doors.controlWaiter().wake();
        }
    }
}
