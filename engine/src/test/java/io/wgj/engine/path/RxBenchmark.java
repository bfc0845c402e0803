// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.EnginePair;
import io.wgj.engine.bench.WarmedUp;
import io.wgj.engine.core.UdpFlow;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.dispatch.InternalErrors;
import io.wgj.engine.dispatch.ThreadCounters;
import io.wgj.engine.io.TunClosedException;
import io.wgj.engine.io.TunPort;
import io.wgj.engine.io.UdpOutput;
import io.wgj.engine.packet.MergeRules;
import io.wgj.engine.packet.Merger;
import io.wgj.engine.warmup.Warmup;
import io.wgj.engine.warmup.WarmupPackets;
import io.wgj.engine.warmup.WarmupWire;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The way in with nothing at its ends: all that RX does for a train of 64 kB, and for datagrams that arrive one
/// by one. Both are joined into one write. Times are those of one packet, and include a copy in place of the
/// kernel's.
public class RxBenchmark {
    private static final int PACKETS = 45;
    /// As many as one run of RX receives.
    private static final int DATAGRAMS = 16;

    private static final int PAYLOAD = 1_368;
    private static final int LEFT = Warmup.PREFIX4 | 1;
    private static final int RIGHT = Warmup.PREFIX4 | 2;

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public boolean train(Trains tunnel) throws TunClosedException {
        return tunnel.rx.run(tunnel.now);
    }

    @Benchmark
    @OperationsPerInvocation(DATAGRAMS)
    public boolean datagrams(Datagrams tunnel) throws TunClosedException {
        return tunnel.rx.run(tunnel.now);
    }

    /// All packets in one train.
    @State(Scope.Thread)
    public static class Trains extends Tunnel {
        public Trains() {
            super(PACKETS, false);
        }
    }

    /// Each packet in a datagram of its own.
    @State(Scope.Thread)
    public static class Datagrams extends Tunnel {
        public Datagrams() {
            super(DATAGRAMS, true);
        }
    }

    /// A tunnel whose sending end seals new messages before each measurement, since RX refuses those that it has
    /// seen.
    public abstract static class Tunnel extends WarmedUp {
        private final EnginePair pair = new EnginePair();
        private final WarmupWire wire = new WarmupWire(1, DATAGRAMS);
        private final SameRead tun;
        private final Path tx;
        private final ThreadCounters received = new ThreadCounters();
        private final int packets;
        final Path rx;
        final long now;

        Tunnel(int packets, boolean apart) {
            this.packets = packets;
            byte[] read = new byte[TunPort.READ_ROOM];
            int length = new WarmupPackets(1, 2).tcp(read, false, packets * PAYLOAD, WarmupPackets.ACK);
            tun = new SameRead(Arrays.copyOf(read, length));
            try {
                pair.connect(LEFT, RIGHT);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            pair.left.tun.put(Packets.ipv4(LEFT, RIGHT, 100, 1));
            pair.right.await(1);
            now = System.nanoTime() - EnginePair.START + 1_000_000_000L;
            Primitives primitives = Primitives.choose(null, null);
            UdpOutput output = apart ? new Apart(wire) : wire;
            tx = PathBenchmark.path(pair.left.core(), tun, output, primitives);
            InternalErrors errors = new InternalErrors(received, _ -> {});
            TrainHandler work =
                    new TrainHandler(pair.right.core(), primitives.aead()::newContext, this::newMerger, errors);
            rx = new RxPath(pair.right.core(), wire, new RxDispatcher(List.of()), work, received, errors);
        }

        private Merger<TunClosedException> newMerger() {
            return new Merger<>(tun, new MergeRules(true, true, true, true), _ -> {});
        }

        @Setup(Level.Invocation)
        public void send() throws TunClosedException {
            tun.left = 1;
            boolean _ = tx.run(now);
        }

        @TearDown
        public void stop() {
            long messages = received.messages();
            long drops = pair.right.core().drops().total();
            pair.close();
            if (messages == 0 || messages % packets != 0 || drops > 0) {
                throw new IllegalStateException(messages + " messages received, " + drops + " dropped");
            }
        }
    }

    /// Sends each message of a train alone.
    private record Apart(UdpOutput output) implements UdpOutput {
        @Override
        public int send(UdpFlow to, byte[] from, int offset, int length, int segmentSize) {
            int step = segmentSize == 0 ? length : segmentSize;
            for (int at = 0; at < length; at += step) {
                int _ = output.send(to, from, offset + at, Math.min(step, length - at), 0);
            }
            return SENT;
        }
    }
}
