// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.noise.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// TX, RX and CONTROL as threads on both sides, a clock a thousand times as fast as the real one, and a
/// thread that removes and adds peers at the same time.
class ThreadsTest {
    private static final int PACKETS = 20_000;
    private static final Clock FAST = new Clock() {
        private final long start = System.nanoTime();

        @Override
        public long bootNanos() {
            return 1_000_000_000_000L + (System.nanoTime() - start) * 1000;
        }

        @Override
        public Instant wall() {
            return Instant.ofEpochSecond(0, bootNanos());
        }
    };

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    @Test
    void threadsDoNotDisturbEachOtherAndNoKeyOfZerosIsEverUsed() throws Exception {
        Node left = new Node(1);
        Node right = new Node(2);
        left.meet(right);
        right.meet(left);
        List<Thread> senders = new ArrayList<>();
        List<Thread> others = new ArrayList<>();
        for (Node node : List.of(left, right)) {
            senders.add(run(node::transmitAll));
            others.add(run(node::receiveAll));
            others.add(run(node::controlAll));
        }
        for (int round = 0; round < 40 && senders.stream().anyMatch(Thread::isAlive); round++) {
            right.forgetAndMeetAgain(left);
            senders.getFirst().join(20);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        done.set(true);
        for (Thread other : others) {
            other.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(left.delivered.get()).isPositive();
        assertThat(right.delivered.get()).isPositive();
        assertThat(left.zeroKeys.get() + right.zeroKeys.get()).isZero();
    }

    private Thread run(Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        thread.start();
        return thread;
    }

    /// One side; its wire is the other's queue.
    private final class Node implements CoreOutput, SocketPort {
        final AtomicInteger delivered = new AtomicInteger();
        final AtomicInteger zeroKeys = new AtomicInteger();
        private final int number;
        private final PrivateKey privateKey;
        private final Primitives primitives = Primitives.choose(null, null);
        private final BlockingQueue<byte[]> inbox = new LinkedBlockingQueue<>(4096);
        private final BlockingQueue<Boolean> wakeups = new LinkedBlockingQueue<>(1);
        private final DeviceCore core;
        private final EngineDevice device;
        private volatile @Nullable Queue<byte[]> wire;

        Node(int number) throws DeviceException {
            this.number = number;
            Random random = new Random(number);
            byte[] key = new byte[32];
            random.nextBytes(key);
            privateKey = PrivateKey.fromRandom(key);
            core = new DeviceCore(primitives, FAST, random::nextBytes, this);
            device = new EngineDevice(new DeviceName("thread" + number), core, this);
            device.apply(new DeviceUpdate(Change.set(privateKey), Change.set(1), Change.keep(), false, List.of()));
            device.up();
        }

        void meet(Node other) throws DeviceException {
            wire = other.inbox;
            PublicKey key = other.privateKey.publicKey();
            IpPrefix prefix = new IpPrefix(IpAddress.ofV4(10 << 24 | other.number), 32);
            Endpoint.Numeric endpoint = new Endpoint.Numeric(IpAddress.ofV4(other.number), 1);
            device.apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                    key, PeerSettings.NONE.withEndpoint(endpoint).withOnlyAllowedIps(List.of(prefix))))));
        }

        void forgetAndMeetAgain(Node other) throws DeviceException {
            PublicKey key = other.privateKey.publicKey();
            device.apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(key))));
            meet(other);
        }

        void transmitAll() {
            Aead aead = primitives.aead().newContext();
            PeerLookup lookup = core.newLookup();
            byte[] staged = new byte[65_535];
            for (int i = 0; i < PACKETS; i++) {
                byte[] packet = TestNode.packet(number, 3 - number, 100, i);
                for (Peer peer = core.nextToFlush(); peer != null; peer = core.nextToFlush()) {
                    Keypair session = core.flushKeypair(peer, FAST.bootNanos());
                    while (session != null && core.takeStaged(peer, staged, 0) > 0) {
                        seal(aead, peer, session, staged);
                    }
                }
                Peer peer = lookup.byDestination(4, packet, 0);
                Keypair session = peer == null ? null : core.keypairToSend(peer, FAST.bootNanos());
                if (peer != null && session != null) {
                    seal(aead, peer, session, packet);
                } else if (peer != null) {
                    core.stage(peer, packet, 0, packet.length, FAST.bootNanos());
                    Thread.onSpinWait();
                }
                if (i % 100 == 0) {
                    pause();
                }
            }
        }

        private void seal(Aead aead, Peer peer, Keypair session, byte[] packet) {
            byte[] datagram = new byte[16 + 112 + 16];
            long counter = session.takeCounters(1);
            Messages.writeDataHeader(datagram, 0, session.remoteIndex(), counter);
            aead.seal(session.sendKey(), counter, Arrays.copyOf(packet, 112), 0, 112, datagram, 16);
            UdpFlow flow = peer.flow();
            if (session.isLive() && flow != null) {
                send(flow, datagram, 0, datagram.length);
                core.sent(peer, session, FAST.bootNanos(), datagram.length, false);
            }
        }

        void receiveAll() {
            Aead aead = primitives.aead().newContext();
            AeadKey zeros = new AeadKey(new byte[32]);
            PeerLookup lookup = core.newLookup();
            UdpFlow from = UdpFlow.to(new Endpoint.Numeric(IpAddress.ofV4(3 - number), 1));
            byte[] plain = new byte[200];
            while (!done.get() || !inbox.isEmpty()) {
                byte[] data = poll(inbox);
                if (data == null) {
                    continue;
                }
                if (Messages.type(data, 0, data.length) != Messages.DATA) {
                    core.offer(data, 0, data.length, from);
                    continue;
                }
                long counter = Messages.counter(data, 0);
                if (aead.open(zeros, counter, data, 16, data.length - 16, plain, 0)) {
                    zeroKeys.incrementAndGet();
                }
                Keypair session = core.keypair(Messages.dataReceiver(data, 0), FAST.bootNanos());
                if (session != null
                        && aead.open(session.receiveKey(), counter, data, 16, data.length - 16, plain, 0)
                        && session.accept(counter)) {
                    boolean packet = data.length > 32;
                    core.received(session, FAST.bootNanos(), data.length, packet, null);
                    if (packet && lookup.mayComeFrom(session.peer(), 4, plain, 0)) {
                        delivered.incrementAndGet();
                    }
                }
            }
        }

        void controlAll() {
            while (!done.get()) {
                core.control(FAST.bootNanos());
                poll(wakeups);
            }
        }

        @Override
        public int send(UdpFlow to, byte[] data, int offset, int length) {
            Queue<byte[]> other = wire;
            if (other != null) {
                other.offer(Arrays.copyOfRange(data, offset, offset + length));
            }
            return 0;
        }

        @Override
        public void wakeTx() {}

        @Override
        public void wakeControl() {
            wakeups.offer(true);
        }

        @Override
        public int bind(int port) {
            return port;
        }

        @Override
        public void mark(int mark) {}

        @Override
        public void unbind() {}
    }

    private static <T> @Nullable T poll(BlockingQueue<T> queue) {
        try {
            return queue.poll(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
