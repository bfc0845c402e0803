// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
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
import io.wgj.engine.core.CoreOutput;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.SocketPort;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.crypto.X25519;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.dispatch.Worker;
import io.wgj.engine.dispatch.WorkerCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.packet.Checksum;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.path.BatchHandler;
import io.wgj.engine.path.IncomingTrain;
import io.wgj.engine.path.Mtu;
import io.wgj.engine.path.OutgoingBatch;
import io.wgj.engine.path.Path;
import io.wgj.engine.path.RxDispatcher;
import io.wgj.engine.path.RxPath;
import io.wgj.engine.path.TrainHandler;
import io.wgj.engine.path.TrainSender;
import io.wgj.engine.path.TxDispatcher;
import io.wgj.engine.path.TxPath;
import io.wgj.netlink.sys.SystemException;
import java.util.List;
import java.util.Random;

/// Two devices that send each other made-up traffic, so that the JVM compiles the data path before the first
/// real packet comes. An interpreted packet takes a hundred times as long. The class archive is recorded from
/// the same traffic.
///
/// The traffic travels over real sockets of this process, in pairs or on the loopback. The compiler assumes
/// the classes that it has seen: code that has met only fakes is thrown away when the real classes come.
public final class Warmup {
    /// How many reads an engine's start sends. By then everything that a stream needs is compiled or waits
    /// for the compiler.
    private static final int START_READS = 500;

    private static final long START_NANOS = 1_500_000_000;

    /// How many packets the innermost loops process first.
    private static final int INNERMOST = 150;

    private static final int FULL = 1_420;

    /// The prefixes of the addresses inside the tunnel, to which a side's number is added: 10.0.0.1 and
    /// fd00::1.
    public static final int PREFIX4 = 10 << 24;

    static final long PREFIX6 = 0xfd00L << 48;

    private final Clock clock;
    private final Side left;
    private final Side right;
    /// How many reads wait for each turn. Only of several some are handed to workers.
    private final int reads;

    private Warmup(Clock clock, Side left, Side right, boolean shared) {
        this.clock = clock;
        this.reads = shared ? 2 : 1;
        this.left = left;
        this.right = right;
    }

    /// Sends as much traffic as an engine needs when it has started.
    ///
    /// @param shared as in [#run]
    /// @return the packets that arrived, joined ones counted once; 0 when the system refused the sockets
    public static long ofStart(Primitives primitives, Clock clock, boolean shared) {
        return run(primitives, clock, shared, START_READS, START_NANOS);
    }

    /// Sends traffic of all common kinds from one device to the other.
    ///
    /// @param shared whether there are workers, so that the code by which threads share work runs, too. Here one
    ///     thread does the work of all.
    /// @param most how many reads are sent at most
    /// @param nanos when it ends at the latest
    /// @return the packets that arrived, joined ones counted once; 0 when the system refused the sockets
    public static long run(Primitives primitives, Clock clock, boolean shared, int most, long nanos) {
        try {
            innermost(primitives);
            long end = clock.bootNanos() + nanos;
            for (boolean ipv6 : new boolean[] {true, false}) {
                // A few over IPv6 first, so that its code is loaded, too.
                long arrived =
                        loopback(ipv6, primitives, clock, shared, ipv6 ? Math.min(most, WarmupHost.KINDS) : most, end);
                if (arrived > 0 && !ipv6) {
                    return arrived;
                }
            }
            return inMemory(primitives, clock, shared, most, end);
        } catch (SystemException _) {
            // For example, no descriptors are left. The engine starts without a warm-up.
            return 0;
        } catch (DeviceException | TunClosedException e) {
            throw new IllegalStateException("the warm-up failed", e);
        }
    }

    /// As on a host whose loopback carries nothing in time, once, so that the class archive has its classes on
    /// every machine that makes the list.
    public static void ofFallback(Primitives primitives, Clock clock) {
        try {
            long _ = inMemory(primitives, clock, false, WarmupHost.KINDS, Long.MAX_VALUE);
        } catch (SystemException | DeviceException | TunClosedException e) {
            throw new IllegalStateException("the warm-up failed", e);
        }
    }

    private static long inMemory(Primitives primitives, Clock clock, boolean shared, int most, long end)
            throws DeviceException, TunClosedException, SystemException {
        try (WarmupNetwork network = WarmupNetwork.inMemory()) {
            return run(network, primitives, clock, shared, most, end);
        }
    }

    /// 0 on a host without that family or without a loopback.
    private static long loopback(boolean ipv6, Primitives primitives, Clock clock, boolean shared, int most, long end)
            throws DeviceException, TunClosedException {
        try (WarmupNetwork network = WarmupNetwork.loopback(ipv6)) {
            return run(network, primitives, clock, shared, most, end);
        } catch (SystemException _) {
            return 0;
        }
    }

    /// The same over a given network.
    static long run(WarmupNetwork network, Primitives primitives, Clock clock, boolean shared, int most, long end)
            throws DeviceException, TunClosedException, SystemException {
        try (WarmupHost one = new WarmupHost(1);
                WarmupHost two = new WarmupHost(2)) {
            Side left = new Side(1, network, one, primitives, clock, shared);
            Side right = new Side(2, network, two, primitives, clock, shared);
            try {
                return new Warmup(clock, left, right, shared).run(most, end);
            } finally {
                left.device.close();
                right.device.close();
            }
        }
    }

    /// Runs the ciphers and checksums alone first. The compiler starts with what is called most, so the
    /// innermost loops are compiled before what surrounds them.
    private static void innermost(Primitives primitives) {
        Aead aead = primitives.aead().newContext();
        AeadKey key = new AeadKey(new byte[AeadKey.LENGTH]);
        byte[] packet = new byte[1 + FULL + Aead.TAG_LENGTH];
        long sum = 0;
        for (int i = 0; i < INNERMOST; i++) {
            int length = i % 2 == 0 ? FULL : i;
            aead.seal(key, i, packet, 0, length, packet, 0);
            aead.open(key, i, packet, 0, length + Aead.TAG_LENGTH, packet, 0);
            sum += Checksum.add(packet, i & 1, FULL - i % 16, 0);
            for (int header = 0; header <= 40; header += 4) {
                sum += Checksum.add(packet, header, header, 0);
            }
        }
        packet[0] = (byte) sum;
        key.destroy();
    }

    private long run(int most, long end) throws DeviceException, TunClosedException {
        left.meet(right);
        right.meet(left);
        for (int i = 0; i < most && clock.bootNanos() < end; i++) {
            left.system.send(i);
            // The few acknowledgements of a stream that goes one way.
            if (i % 4 == 0) {
                right.system.send(WarmupHost.ANSWER);
            }
            if ((i + 1) % reads > 0 && i + 1 < most) {
                continue;
            }
            left.turn(clock.bootNanos());
            right.turn(clock.bootNanos());
            long _ = left.system.delivered();
            long _ = right.system.delivered();
        }
        return right.system.delivered();
    }

    private static final class Side {
        private final int number;
        private final WarmupNetwork network;
        private final PrivateKey key;
        private final PublicKey publicKey;
        private final DeviceCore core;
        private final EngineDevice device;
        private final WarmupHost system;
        private final List<Worker<IncomingTrain, OutgoingBatch>> workers;
        private final Path tx;
        private final Path rx;
        /// The workers' handlers.
        private final TrainHandler opening;

        private final BatchHandler sealing;

        Side(int number, WarmupNetwork network, WarmupHost system, Primitives primitives, Clock clock, boolean shared) {
            this.number = number;
            this.network = network;
            this.system = system;
            Random random = new Random(number);
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            key = PrivateKey.of(secret);
            byte[] point = new byte[X25519.LENGTH];
            primitives.x25519().publicKey(secret, point);
            publicKey = PublicKey.of(point);
            UdpPort out = network.out(number);
            core = new DeviceCore(primitives, clock, random::nextBytes, new Messages(out));
            device = new EngineDevice(new DeviceName("warmup" + number), core, new NoSockets());
            workers = shared ? List.of(newWorker()) : List.of();
            tx = newTx(primitives, out);
            rx = newRx(primitives);
            opening = newOpening(primitives);
            sealing = newSealing(primitives, out);
        }

        private Path newTx(Primitives primitives, UdpPort out) {
            ThreadCounters counters = new ThreadCounters();
            TxDispatcher dispatcher = new TxDispatcher(
                    workers.stream().map(worker -> worker.fromTx(0)).toList(),
                    system.tun().vnetHeader());
            BatchHandler work = newSealing(primitives, out);
            return new TxPath(core, system.tun(), dispatcher, work, new Mtu(FULL), counters, errors(counters));
        }

        private Path newRx(Primitives primitives) {
            ThreadCounters counters = new ThreadCounters();
            RxDispatcher dispatcher =
                    new RxDispatcher(workers.stream().map(Worker::fromRx).toList());
            TrainHandler work = newOpening(primitives);
            return new RxPath(core, network.in(number), dispatcher, work, counters, errors(counters));
        }

        /// A worker that never runs: [#help] does its work.
        private static Worker<IncomingTrain, OutgoingBatch> newWorker() {
            return new Worker<>(
                    () -> {
                        throw noThread();
                    },
                    () -> {
                        throw noThread();
                    },
                    1,
                    false,
                    new WorkerCounters(),
                    () -> {});
        }

        private static IllegalStateException noThread() {
            return new IllegalStateException("a worker of the warm-up has no thread");
        }

        private BatchHandler newSealing(Primitives primitives, UdpPort out) {
            ThreadCounters counters = new ThreadCounters();
            TrainSender sender = new TrainSender(core, out.newOutput(), counters);
            return new BatchHandler(core, primitives.aead()::newContext, sender, new Mtu(FULL), errors(counters));
        }

        private TrainHandler newOpening(Primitives primitives) {
            return new TrainHandler(core, primitives.aead()::newContext, this::newMerger, errors(new ThreadCounters()));
        }

        private static InternalErrors errors(ThreadCounters counters) {
            return new InternalErrors(counters, _ -> {});
        }

        private Merger<TunClosedException> newMerger() {
            return new Merger<>(system.tun(), new MergeRules(true, true, true, true), _ -> {});
        }

        void meet(Side other) throws DeviceException {
            PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE
                    .withEndpoint(new Endpoint.Numeric(network.address(other.number), network.port(other.number), 0))
                    .withOnlyAllowedIps(other.inner());
            PeerUpdate peer = new PeerUpdate.Put(other.publicKey, settings);
            device.apply(new DeviceUpdate(
                    Change.set(key), Change.set(network.port(number)), Change.keep(), true, List.of(peer)));
            device.up();
        }

        /// Its own addresses, and the one behind it that odd packets go to.
        private List<IpPrefix> inner() {
            return List.of(
                    new IpPrefix(IpAddress.ofV4(PREFIX4 | number), 32),
                    new IpPrefix(IpAddress.ofV4(PREFIX4 | number + 2), 32),
                    new IpPrefix(IpAddress.ofV6(PREFIX6, number), 128),
                    new IpPrefix(IpAddress.ofV6(PREFIX6, number + 2), 128));
        }

        void turn(long now) throws TunClosedException {
            run(tx, now);
            run(rx, now);
            core.control(now);
        }

        private void run(Path path, long now) throws TunClosedException {
            boolean more = true;
            while (more) {
                more = path.run(now);
                help();
            }
        }

        /// Does what was handed to workers.
        private void help() throws TunClosedException {
            for (Worker<IncomingTrain, OutgoingBatch> worker : workers) {
                for (IncomingTrain train = worker.fromRx().poll();
                        train != null;
                        train = worker.fromRx().poll()) {
                    opening.handle(train);
                }
                for (OutgoingBatch batch = worker.fromTx(0).poll();
                        batch != null;
                        batch = worker.fromTx(0).poll()) {
                    sealing.handle(batch);
                }
            }
        }
    }

    private record Messages(UdpPort udp) implements CoreOutput {
        @Override
        public int send(UdpFlow to, byte[] data, int offset, int length) {
            return udp.send(to, data, offset, length, 0);
        }

        @Override
        public void wakeTx() {}

        @Override
        public void wakeControl() {}
    }

    private record NoSockets() implements SocketPort {
        @Override
        public int bind(int port) {
            return port;
        }

        @Override
        public void mark(int mark) {}

        @Override
        public void unbind() {}
    }
}
