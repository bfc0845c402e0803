// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.EnginePair;
import io.wgj.engine.bench.WarmedUp;
import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.Peer;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.warmup.Warmup;
import io.wgj.engine.warmup.WarmupPackets;
import io.wgj.engine.warmup.WarmupWire;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The way out with nothing at its ends: a train sealed, and all that a read costs, of 64 kB or of one packet.
/// Times are those of one packet.
@State(Scope.Thread)
public class PathBenchmark extends WarmedUp {
    private static final int PACKETS = 45;
    private static final int PACKET = 1_420;
    private static final int PAYLOAD = 1_368;
    /// Reads of one packet in a row. Their messages make one train.
    private static final int READS = 16;
    private static final int LEFT = Warmup.PREFIX4 | 1;
    private static final int RIGHT = Warmup.PREFIX4 | 2;

    private final EnginePair pair = new EnginePair();
    private final SameRead tun;
    private final SameRead small;
    private final byte[] packet = Packets.ipv4(LEFT, RIGHT, PACKET, 1);
    private final OutgoingTrain train;
    private final TxPath tx;
    private final TxPath smallTx;
    private final Keypair session;
    private final long now;

    public PathBenchmark() {
        byte[] read = new byte[TunPort.READ_ROOM];
        int length = new WarmupPackets(1, 2).tcp(read, false, PACKETS * PAYLOAD, WarmupPackets.ACK);
        tun = new SameRead(Arrays.copyOf(read, length));
        try {
            pair.connect(LEFT, RIGHT);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        pair.left.tun.put(packet);
        pair.right.await(1);
        now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
        DeviceCore core = pair.left.core();
        Peer peer = Objects.requireNonNull(core.newLookup().byDestination(4, packet, 0));
        session = Objects.requireNonNull(core.keypairToSend(peer, now));
        Primitives primitives = Primitives.choose(null, null);
        // It loses all but the first trains.
        WarmupWire wire = new WarmupWire(2, 8);
        train = new OutgoingTrain(primitives.aead().newContext(), new TrainSender(core, wire, new ThreadCounters()));
        tx = path(core, tun, wire, primitives);
        small = SameRead.unframed(packet);
        smallTx = path(core, small, wire, primitives);
    }

    /// A path without workers.
    static TxPath path(DeviceCore core, TunPort tun, UdpOutput output, Primitives primitives) {
        ThreadCounters counters = new ThreadCounters();
        InternalErrors errors = new InternalErrors(counters, _ -> {});
        TrainSender sender = new TrainSender(core, output, counters);
        Mtu mtu = new Mtu(PACKET);
        BatchHandler work = new BatchHandler(core, primitives.aead()::newContext, sender, mtu, errors);
        return new TxPath(core, tun, new TxDispatcher(List.of(), true), work, mtu, counters, errors);
    }

    @TearDown
    public void stop() {
        pair.close();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void train() {
        long counter = session.takeCounters(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            train.add(session, counter + i, packet, 0, PACKET, now);
        }
        train.flush(now);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public boolean read() throws TunClosedException {
        tun.left = 1;
        return tx.run(now);
    }

    @Benchmark
    @OperationsPerInvocation(READS)
    public boolean smallReads() throws TunClosedException {
        small.left = READS;
        return smallTx.run(now);
    }
}
