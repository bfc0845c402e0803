// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.core.Clock;
import io.wgj.engine.core.HandshakeListener;
import io.wgj.engine.crypto.Primitives;
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

/// Two engines with a network between them, all in memory but their threads.
final class Pair implements AutoCloseable {
    /// What their clock counts from.
    static final long START = System.nanoTime();

    final MemoryUdp.Network network = new MemoryUdp.Network();
    final List<String> notices = new CopyOnWriteArrayList<>();
    final Side left = new Side(0xc6120001, 1);
    final Side right = new Side(0xc6120002, 2);

    /// Makes them peers of each other, and starts them.
    ///
    /// @param leftInner the address inside the tunnel, IPv4, as a number
    void connect(int leftInner, int rightInner) throws Exception {
        left.configure(right, rightInner);
        right.configure(left, leftInner);
        left.engine.start();
        right.engine.start();
        left.engine.device().up();
        right.engine.device().up();
    }

    @Override
    public void close() {
        left.engine.close();
        right.engine.close();
    }

    /// An engine and its doors.
    final class Side {
        final MemoryTun tun = new MemoryTun(true, true);
        final MemoryUdp udp;
        final PrivateKey key;
        final int port;
        final Engine engine;
        final int outerAddress;

        Side(int outerAddress, int number) {
            this.outerAddress = outerAddress;
            this.port = 50_000 + number;
            byte[] secret = new byte[32];
            new Random(number).nextBytes(secret);
            key = PrivateKey.of(secret);
            udp = MemoryUdp.ipv4(network, outerAddress);
            MemoryWaiter tx = new MemoryWaiter();
            MemoryWaiter rx = new MemoryWaiter();
            tun.onInput(tx::wake);
            udp.onInput(rx::wake);
            Random random = new Random(number);
            Doors doors = new Doors(
                    tun,
                    udp,
                    tx,
                    rx,
                    new MemoryWaiter(),
                    new MergeRules(true, true, true, true),
                    new RealClock(),
                    random::nextBytes,
                    notices::add,
                    HandshakeListener.NONE);
            engine = new Engine(new DeviceName("wg" + number), doors, Primitives.portable(), 1_420);
        }

        void configure(Side other, int inner) throws Exception {
            PublicKey theirs = other.key.publicKey();
            engine.device()
                    .apply(new DeviceUpdate(
                            Change.set(key),
                            Change.set(port),
                            Change.keep(),
                            true,
                            List.of(new PeerUpdate.Put(
                                    theirs,
                                    Change.keep(),
                                    Change.set(new Endpoint.Numeric(IpAddress.ofV4(other.outerAddress), other.port, 0)),
                                    Change.keep(),
                                    true,
                                    false,
                                    List.of(AllowedIpUpdate.add(new IpPrefix(IpAddress.ofV4(inner), 32)))))));
        }

        /// The next `count` packets out of the TUN, without their headers.
        List<byte[]> await(int count) {
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

    private static final class RealClock implements Clock {
        @Override
        public long bootNanos() {
            return System.nanoTime() - START + 1_000_000_000L;
        }

        @Override
        public Instant wall() {
            return Instant.now();
        }
    }
}
