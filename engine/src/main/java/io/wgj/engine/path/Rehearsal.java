// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
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
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import java.util.List;
import java.util.Random;

/// Two devices without a network that send each other made-up traffic, so that the way of a packet is compiled before
/// the first real one comes: interpreted, a full one takes a hundred times as long. Also what the ahead-of-time cache
/// learns the way from.
public final class Rehearsal {
    private static final int PORT = 51820;

    private final Clock clock;
    private final Side left;
    private final Side right;

    private Rehearsal(Primitives primitives, Clock clock) {
        this.clock = clock;
        RehearsedWire toLeft = new RehearsedWire(2);
        RehearsedWire toRight = new RehearsedWire(1);
        left = new Side(1, toRight, toLeft, primitives, clock);
        right = new Side(2, toLeft, toRight, primitives, clock);
    }

    /// Sends traffic of all common kinds from one to the other.
    ///
    /// @param most reads of the TUN
    /// @param nanos after which it ends anyhow
    /// @return the packets that arrived
    public static long run(Primitives primitives, Clock clock, int most, long nanos) {
        Rehearsal rehearsal = new Rehearsal(primitives, clock);
        try {
            return rehearsal.run(most, clock.bootNanos() + nanos);
        } catch (DeviceException | TunClosedException e) {
            throw new IllegalStateException("what is not there has failed", e);
        } finally {
            rehearsal.left.device.close();
            rehearsal.right.device.close();
        }
    }

    private long run(int most, long end) throws DeviceException, TunClosedException {
        left.meet(right);
        right.meet(left);
        for (int i = 0; i < most && clock.bootNanos() < end; i++) {
            left.tun.offer(i);
            // The few answers of a stream that goes one way.
            if (i % 4 == 0) {
                right.tun.offer(RehearsedTun.ANSWER);
            }
            left.turn(clock.bootNanos());
            right.turn(clock.bootNanos());
        }
        return right.tun.delivered();
    }

    private static final class Side {
        private final int number;
        private final PrivateKey key;
        private final DeviceCore core;
        private final EngineDevice device;
        private final RehearsedTun tun;
        private final TxPath tx;
        private final RxPath rx;

        Side(int number, RehearsedWire out, RehearsedWire in, Primitives primitives, Clock clock) {
            this.number = number;
            Random random = new Random(number);
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            key = PrivateKey.of(secret);
            core = new DeviceCore(primitives, clock, random::nextBytes, new Messages(out));
            device = new EngineDevice(new DeviceName("rehearsal" + number), core, new NoSockets());
            tun = new RehearsedTun(inner(number), inner(3 - number));
            tx = new TxPath(core, tun, out, primitives.aead().newContext(), new Mtu(1_420), new PathCounters());
            MergeRules rules = new MergeRules(true, true, true, true);
            Merger<TunClosedException> merger = new Merger<>(tun, rules, _ -> {});
            rx = new RxPath(core, in, primitives.aead().newContext(), merger, new PathCounters());
        }

        private static int inner(int number) {
            return 10 << 24 | number;
        }

        void meet(Side other) throws DeviceException {
            PeerUpdate peer = new PeerUpdate.Put(
                    other.key.publicKey(),
                    Change.keep(),
                    Change.set(new Endpoint.Numeric(IpAddress.ofV4(RehearsedWire.address(other.number)), PORT, 0)),
                    Change.keep(),
                    true,
                    false,
                    List.of(AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(inner(other.number)), 32))));
            device.apply(new DeviceUpdate(Change.set(key), Change.set(PORT), Change.keep(), true, List.of(peer)));
            device.up();
        }

        void turn(long now) throws TunClosedException {
            while (tx.run(now)) {}
            while (rx.run(now)) {}
            core.control(now);
        }
    }

    private record Messages(RehearsedWire wire) implements CoreOutput {
        @Override
        public int send(UdpFlow to, byte[] data, int offset, int length) {
            return wire.send(to, data, offset, length, 0);
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
