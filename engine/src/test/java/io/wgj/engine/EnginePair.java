// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.Clock;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.ThreadPlan;
import io.wgj.engine.io.MemoryTun;
import io.wgj.engine.io.MemoryUdp;
import io.wgj.engine.io.MemoryWaiter;
import io.wgj.engine.packet.MergeRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Two engines with a network between them, all in memory but their threads.
public final class EnginePair implements AutoCloseable {
    /// What their clock counts from.
    public static final long START = System.nanoTime();

    public final MemoryUdp.Network network = new MemoryUdp.Network();
    public final List<String> notices = new CopyOnWriteArrayList<>();
    /// Added to the time that has passed, nanoseconds.
    private final AtomicLong skipped = new AtomicLong();
    public final Side left;
    public final Side right;

    public EnginePair() {
        this(ThreadPlan.SIMPLE);
    }

    /// @param plan for both
    public EnginePair(ThreadPlan plan) {
        left = new Side(0xc6120001, 1, plan);
        right = new Side(0xc6120002, 2, plan);
    }

    /// Makes them peers of each other, and starts them.
    ///
    /// @param leftInner the address inside the tunnel, IPv4, as a number
    public void connect(int leftInner, int rightInner) throws Exception {
        left.configure(right, rightInner);
        right.configure(left, leftInner);
        left.engine.start();
        right.engine.start();
        left.engine.device().up();
        right.engine.device().up();
    }

    /// Both clocks go forward at once.
    void skip(long seconds) {
        skipped.addAndGet(seconds * 1_000_000_000L);
    }

    @Override
    public void close() {
        left.engine.close();
        right.engine.close();
    }

    /// An engine and its transports.
    public final class Side implements AutoCloseable {
        /// What the engine writes; with one queue also what it reads.
        public final MemoryTun tun = new MemoryTun(true, true);
        /// By TX thread, what it reads.
        final List<MemoryTun> queues = new ArrayList<>();
        public final MemoryUdp udp;
        public final PrivateKey key;
        public final int port;
        final EngineTransports transports;
        final Engine engine;
        public final int outerAddress;

        public Side(int outerAddress, int number) {
            this(outerAddress, number, ThreadPlan.SIMPLE);
        }

        Side(int outerAddress, int number, ThreadPlan plan) {
            this.outerAddress = outerAddress;
            this.port = 50_000 + number;
            byte[] secret = new byte[32];
            new Random(number).nextBytes(secret);
            key = PrivateKey.of(secret);
            udp = MemoryUdp.ipv4(network, outerAddress);
            List<EngineTransports.TxQueue> polled = new ArrayList<>();
            for (int i = 0; i < plan.txQueues(); i++) {
                MemoryTun queue = plan.txQueues() == 1 ? tun : new MemoryTun(true, true);
                MemoryWaiter waiter = new MemoryWaiter();
                queue.onInput(waiter::wake);
                queues.add(queue);
                polled.add(new EngineTransports.TxQueue(queue, waiter));
            }
            MemoryWaiter rx = new MemoryWaiter();
            udp.onInput(rx::wake);
            Random random = new Random(number);
            transports = new EngineTransports(
                    tun,
                    polled,
                    udp,
                    rx,
                    new MemoryWaiter(),
                    new MergeRules(true, true, true, true),
                    new RealClock(),
                    random::nextBytes,
                    notices::add,
                    HandshakeListener.NONE);
            engine = new Engine(new DeviceName("wg" + number), transports, Primitives.portable(), 1_420, plan);
        }

        public void configure(Side other, int inner) throws Exception {
            PublicKey theirs = other.key.publicKey();
            engine.device()
                    .apply(new DeviceUpdate(
                            Change.set(key),
                            Change.set(port),
                            Change.keep(),
                            true,
                            List.of(new PeerUpdate.Put(
                                    theirs,
                                    PeerSettings.NONE
                                            .withEndpoint(new Endpoint.Numeric(
                                                    IpAddress.ofV4(other.outerAddress), other.port, 0))
                                            .withOnlyAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(inner), 32)))))));
        }

        public EngineDevice device() {
            return engine.device();
        }

        public DeviceCore core() {
            return engine.core();
        }

        @Override
        public void close() {
            engine.close();
        }

        public Clock clock() {
            return transports.clock();
        }

        /// The next `count` packets out of the TUN, without their headers.
        public List<byte[]> await(int count) {
            List<byte[]> all = new ArrayList<>();
            long end = System.nanoTime() + 20_000_000_000L;
            while (all.size() < count) {
                for (byte[] framed : tun.takeWritten()) {
                    all.add(Arrays.copyOfRange(framed, 10, framed.length));
                }
                assertThat(System.nanoTime())
                        .as("%d of %d packets came", all.size(), count)
                        .isLessThan(end);
                Thread.onSpinWait();
            }
            return all;
        }
    }

    private final class RealClock implements Clock {
        @Override
        public long bootNanos() {
            return System.nanoTime() - START + 1_000_000_000L + skipped.get();
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    }
}
