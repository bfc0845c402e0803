// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
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
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.packet.Checksum;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.path.BatchHandler;
import io.wgj.engine.path.Mtu;
import io.wgj.engine.path.Path;
import io.wgj.engine.path.RxDispatcher;
import io.wgj.engine.path.RxPath;
import io.wgj.engine.path.SharedRxPath;
import io.wgj.engine.path.SharedTxPath;
import io.wgj.engine.path.TrainHandler;
import io.wgj.engine.path.TrainSender;
import io.wgj.engine.path.TxDispatcher;
import io.wgj.engine.path.TxPath;
import io.wgj.netlink.sys.SystemException;
import java.util.List;
import java.util.Random;

/// Two devices that send each other made-up traffic, so that the way of a packet is compiled before the first real one
/// comes: interpreted, a full one takes a hundred times as long. Also what the ahead-of-time cache learns the way from.
/// What carries the traffic is as real as it can be where nobody may notice: sockets of this process, in pairs or
/// on the loopback, because code that has met other classes than the real ones is thrown away when those come.
public final class Warmup {
    /// What is sent at an engine's start, at most: by then all that a stream needs is compiled or waits for it.
    private static final int START_READS = 500;

    private static final long START_NANOS = 1_500_000_000;

    /// Packets that the innermost loops are run over first.
    private static final int INNERMOST = 150;

    private static final int FULL = 1_420;

    /// In front of a side's number: its address inside the tunnel, 10.0.0.1 and fd00::1.
    public static final int PREFIX4 = 10 << 24;

    static final long PREFIX6 = 0xfd00L << 48;

    private final Clock clock;
    private final Side left;
    private final Side right;

    private Warmup(Clock clock, Side left, Side right) {
        this.clock = clock;
        this.left = left;
        this.right = right;
    }

    /// Sends as much traffic as an engine does when it has started.
    ///
    /// @param shared as in [#run]
    /// @return the packets that arrived, joined ones counted once; 0 when the system gave
    ///     nothing to rehearse with
    public static long ofStart(Primitives primitives, Clock clock, boolean shared) {
        return run(primitives, clock, shared, START_READS, START_NANOS);
    }

    /// Sends traffic of all common kinds from one to the other.
    ///
    /// @param shared whether the way is that of threads that have workers, here without any: what these do
    ///     is what TX and RX do when all have enough
    /// @param most packets, or bundles of them, that are sent
    /// @param nanos after which it ends anyhow
    /// @return the packets that arrived, joined ones counted once; 0 when the system gave
    ///     nothing to rehearse with
    public static long run(Primitives primitives, Clock clock, boolean shared, int most, long nanos) {
        try {
            innermost(primitives);
            long end = clock.bootNanos() + nanos;
            for (boolean ipv6 : new boolean[] {true, false}) {
                // A few over IPv6, so that it is known, too.
                long arrived = loopback(
                        ipv6, primitives, clock, shared, ipv6 ? Math.min(most, WarmupHost.KINDS) : most, end);
                if (arrived > 0 && !ipv6) {
                    return arrived;
                }
            }
            try (WarmupNetwork network = WarmupNetwork.inMemory()) {
                return run(network, primitives, clock, shared, most, end);
            }
        } catch (SystemException _) {
            // No descriptors to spare, say: the engine starts cold.
            return 0;
        } catch (DeviceException | TunClosedException e) {
            throw new IllegalStateException("what is not there has failed", e);
        }
    }

    /// 0 on a host without that family, or without a loopback.
    private static long loopback(boolean ipv6, Primitives primitives, Clock clock, boolean shared, int most, long end)
            throws DeviceException, TunClosedException {
        try (WarmupNetwork network = WarmupNetwork.loopback(ipv6)) {
            return run(network, primitives, clock, shared, most, end);
        } catch (SystemException _) {
            return 0;
        }
    }

    /// The same over one network.
    static long run(WarmupNetwork network, Primitives primitives, Clock clock, boolean shared, int most, long end)
            throws DeviceException, TunClosedException, SystemException {
        try (WarmupHost one = new WarmupHost(1);
                WarmupHost two = new WarmupHost(2)) {
            Side left = new Side(1, network, one, primitives, clock, shared);
            Side right = new Side(2, network, two, primitives, clock, shared);
            try {
                return new Warmup(clock, left, right).run(most, end);
            } finally {
                left.device.close();
                right.device.close();
            }
        }
    }

    /// What runs most often is compiled before all that surrounds it: the compiler takes what it is given most of
    /// first, and interpreted ciphers would be that.
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
            // The few answers of a stream that goes one way.
            if (i % 4 == 0) {
                right.system.send(WarmupHost.ANSWER);
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
        private final Path tx;
        private final Path rx;

        Side(
                int number,
                WarmupNetwork network,
                WarmupHost system,
                Primitives primitives,
                Clock clock,
                boolean shared) {
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
            device = new EngineDevice(new DeviceName("rehearsal" + number), core, new NoSockets());
            tx = shared ? sharedTx(primitives, out) : plainTx(primitives, out);
            rx = shared ? sharedRx(primitives) : plainRx(primitives);
        }

        private Path plainTx(Primitives primitives, UdpPort out) {
            Aead aead = primitives.aead().newContext();
            return new TxPath(core, system.tun(), out.newOutput(), aead, new Mtu(FULL), new ThreadCounters());
        }

        private Path plainRx(Primitives primitives) {
            Aead aead = primitives.aead().newContext();
            return new RxPath(core, network.in(number), aead, newMerger(), new ThreadCounters());
        }

        private Path sharedTx(Primitives primitives, UdpPort out) {
            ThreadCounters counters = new ThreadCounters();
            InternalErrors errors = new InternalErrors(counters, _ -> {});
            Mtu mtu = new Mtu(FULL);
            TrainSender sender = new TrainSender(core, out.newOutput(), counters);
            BatchHandler work = new BatchHandler(core, primitives.aead()::newContext, sender, mtu, errors);
            TxDispatcher dispatcher = new TxDispatcher(List.of(), system.tun().vnetHeader());
            return new SharedTxPath(core, system.tun(), dispatcher, work, mtu, counters, errors);
        }

        private Path sharedRx(Primitives primitives) {
            ThreadCounters counters = new ThreadCounters();
            InternalErrors errors = new InternalErrors(counters, _ -> {});
            TrainHandler work = new TrainHandler(core, primitives.aead()::newContext, this::newMerger, errors);
            RxDispatcher dispatcher = new RxDispatcher(List.of());
            return new SharedRxPath(core, network.in(number), dispatcher, work, counters, errors);
        }

        private Merger<TunClosedException> newMerger() {
            return new Merger<>(system.tun(), new MergeRules(true, true, true, true), _ -> {});
        }

        void meet(Side other) throws DeviceException {
            PeerUpdate peer = new PeerUpdate.Put(
                    other.publicKey,
                    Change.keep(),
                    Change.set(new Endpoint.Numeric(network.address(other.number), network.port(other.number), 0)),
                    Change.keep(),
                    true,
                    false,
                    other.inner());
            device.apply(new DeviceUpdate(
                    Change.set(key), Change.set(network.port(number)), Change.keep(), true, List.of(peer)));
            device.up();
        }

        /// Its own addresses, and the one behind it that oddities go to.
        private List<AllowedIpUpdate> inner() {
            return List.of(
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(PREFIX4 | number), 32)),
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(PREFIX4 | number + 2), 32)),
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV6(PREFIX6, number), 128)),
                    AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV6(PREFIX6, number + 2), 128)));
        }

        void turn(long now) throws TunClosedException {
            while (tx.run(now)) {}
            while (rx.run(now)) {}
            core.control(now);
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
