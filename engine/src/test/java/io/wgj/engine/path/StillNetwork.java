// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.EnginePair;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.MemoryTun;
import io.wgj.engine.io.MemoryUdp;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A hub and two spokes whose threads never run: the test takes each step itself.
final class StillNetwork implements AutoCloseable {
    static final int HUB = 0x0a620001;
    static final int ONE = 0x0a630001;
    static final int OTHER = 0x0a630002;

    /// A session is too old to send with after this.
    static final long EXPIRED_SECONDS = 200;

    private final EnginePair pair = new EnginePair();
    private final RxPath hubRx;
    private final List<MemoryUdp.Sent> sent = new ArrayList<>();
    final DeviceCore core = pair.left.core();
    final MemoryUdp udp = pair.left.udp;
    final Mtu mtu = new Mtu(1_420);
    final Spoke one = new Spoke(pair.right);
    final Spoke other = new Spoke(pair.new Side(0xc6120003, 3));
    long now = pair.left.clock().bootNanos();

    StillNetwork() throws Exception {
        EnginePair.Side hub = pair.left;
        hubRx = rx(hub, hub.tun);
        hub.device()
                .apply(new DeviceUpdate(
                        Change.set(hub.key),
                        Change.set(hub.port),
                        Change.keep(),
                        true,
                        List.of(peer(one.side, ONE), peer(other.side, OTHER))));
        one.side.configure(hub, HUB);
        other.side.configure(hub, HUB);
        for (EnginePair.Side side : List.of(hub, one.side, other.side)) {
            side.device().up();
        }
        pair.network.watch(train -> {
            if (train.from() == udp
                    && Messages.type(train.copy(), 0, train.bytes().capacity()) == Messages.DATA) {
                sent.add(train);
            }
            return true;
        });
    }

    private static PeerUpdate peer(EnginePair.Side side, int inner) {
        return new PeerUpdate.Put(
                side.key.publicKey(),
                PeerSettings.NONE
                        .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(side.outerAddress), side.port, 0))
                        .withOnlyAllowedIps(List.of(new IpPrefix(IpAddress.ofV4(inner), 32))));
    }

    private static RxPath rx(EnginePair.Side side, TunPort out) {
        MergeRules apart = new MergeRules(true, false, false, true);
        ThreadCounters counters = new ThreadCounters();
        InternalErrors errors = new InternalErrors(counters, _ -> {});
        TrainHandler work = new TrainHandler(
                side.core(), Primitives.portable().aead()::newContext, () -> new Merger<>(out, apart, _ -> {}), errors);
        return new RxPath(side.core(), side.udp, new RxDispatcher(List.of()), work, counters, errors);
    }

    Peer peer(int inner) {
        return Objects.requireNonNull(core.newLookup().byDestination(4, Packets.ipv4(HUB, inner, 24, 0), 0));
    }

    Keypair session(int inner) {
        return Objects.requireNonNull(core.keypairToSend(peer(inner), now));
    }

    /// The session to seal with although something is staged.
    Keypair sessionOf(Peer peer) {
        return Objects.requireNonNull(core.flushKeypair(peer, now));
    }

    /// Makes sessions with both spokes; a packet that arrives confirms each.
    void connect() throws Exception {
        for (int inner : new int[] {ONE, OTHER}) {
            byte[] packet = Packets.ipv4(HUB, inner, 100, -1);
            assertThat(core.stage(peer(inner), packet, 0, packet.length, now)).isTrue();
        }
        handshakes();
        ReadSender sender = new ReadSender(
                core, new OutgoingTrain(aead(), sender(new ThreadCounters())), mtu, new byte[TunPort.READ_ROOM]);
        sender.sendStaged(now);
        assertThat(one.packets()).hasSize(1);
        assertThat(other.packets()).hasSize(1);
        sent.clear();
    }

    /// Makes the handshakes that are wanted. A second one at once has the first one's time, so it takes
    /// another try.
    void handshakes() throws Exception {
        for (int i = 0; i < 10 && !core.hasFlushes(); i++) {
            now += 6_000_000_000L;
            core.control(now);
            for (Spoke spoke : List.of(one, other)) {
                while (spoke.rx.run(now)) {}
                spoke.side.core().control(now);
            }
            while (hubRx.run(now)) {}
            core.control(now);
        }
        assertThat(core.hasFlushes()).as("there are sessions").isTrue();
    }

    /// From now on there are no sessions.
    void expire() {
        now += EXPIRED_SECONDS * 1_000_000_000L;
    }

    /// As if this spoke had been taken out of the configuration.
    void remove(Spoke spoke) throws Exception {
        pair.left.device().apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(spoke.side.key.publicKey()))));
    }

    Aead aead() {
        return Primitives.portable().aead().newContext();
    }

    TrainSender sender(ThreadCounters counters) {
        return new TrainSender(core, udp, counters);
    }

    /// Counters of the data messages that left the hub since the last call, train by train.
    List<List<Long>> counters() {
        List<List<Long>> trains = new ArrayList<>();
        for (MemoryUdp.Sent train : sent) {
            byte[] bytes = train.copy();
            List<Long> counters = new ArrayList<>();
            int step = train.segmentSize() == 0 ? bytes.length : train.segmentSize();
            for (int at = 0; at < bytes.length; at += step) {
                counters.add(Messages.counter(bytes, at));
            }
            trains.add(counters);
        }
        sent.clear();
        return trains;
    }

    @Override
    public void close() {
        pair.close();
        other.side.close();
    }

    /// A receiver.
    final class Spoke {
        private final EnginePair.Side side;
        private final RxPath rx;
        private final MemoryTun out = new MemoryTun(true, true);

        Spoke(EnginePair.Side side) {
            this.side = side;
            this.rx = rx(side, out);
        }

        DeviceCore core() {
            return side.core();
        }

        MemoryUdp udp() {
            return side.udp;
        }

        /// Bytes of valid messages that its device has counted as received.
        long receivedBytes() {
            return side.device().read().peers().getFirst().rxBytes();
        }

        /// As if the hub had been taken out of its configuration.
        void forgetTheHub() throws Exception {
            side.device().apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Remove(pair.left.key.publicKey()))));
        }

        /// What has arrived since the last call.
        List<byte[]> packets() throws Exception {
            return packets(now);
        }

        /// The same at another time.
        List<byte[]> packets(long at) throws Exception {
            while (rx.run(at)) {}
            return out.takeWritten().stream()
                    .map(framed -> Arrays.copyOfRange(framed, 10, framed.length))
                    .toList();
        }
    }
}
