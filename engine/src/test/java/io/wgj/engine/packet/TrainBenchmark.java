// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A TCP stream's 64 kB, cut into full packets and joined from them. Times are those of one packet.
@State(Scope.Thread)
public class TrainBenchmark extends WarmedUp {
    private static final int PACKETS = 46;
    private static final int PAYLOAD = 1_368;
    private static final byte[] OPTIONS = {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};

    private final Segmenter segmenter = new Segmenter(true);
    private final Merger<RuntimeException> merger =
            new Merger<>((_, _, length) -> count(length), new MergeRules(true, true, true, true), _ -> {});
    private final byte[] read;
    private final byte[] buffer;
    private final byte[][] packets = new byte[PACKETS][];
    private final int headers;
    private long written;
    private long writes;

    public TrainBenchmark() {
        TestPacket whole = stream(0, PACKETS * PAYLOAD);
        headers = VirtioHeader.SIZE + whole.headerLength();
        read = whole.framedForCard(VirtioHeader.GSO_TCPV4, PAYLOAD);
        buffer = new byte[read.length + 16];
        System.arraycopy(read, 0, buffer, 0, read.length);
        for (int i = 0; i < PACKETS; i++) {
            packets[i] = stream(i * PAYLOAD, PAYLOAD).bytes();
        }
    }

    private static TestPacket stream(int sequence, int payload) {
        TestPacket packet = TestPacket.tcp(false, sequence, TestPacket.text(payload, sequence));
        packet.id = 7 + sequence / PAYLOAD;
        packet.options = OPTIONS;
        return packet;
    }

    private boolean count(int length) {
        written += length;
        writes++;
        return true;
    }

    /// Header and checksum of each.
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int cut() {
        // The rest of the buffer may be anything.
        System.arraycopy(read, 0, buffer, 0, headers);
        int bytes = 0;
        for (boolean more = segmenter.start(buffer, 0, read.length); more; more = segmenter.next()) {
            bytes += segmenter.length();
        }
        if (segmenter.segments() != PACKETS) {
            throw new IllegalStateException(segmenter.segments() + " segments");
        }
        return bytes;
    }

    /// Checksum, comparison of the headers, and a copy, which stands for the decryption.
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long join() {
        long before = writes;
        for (byte[] packet : packets) {
            int at = merger.begin(packet.length);
            System.arraycopy(packet, 0, merger.array(), at, packet.length);
            merger.commit(packet.length);
        }
        merger.flush();
        if (writes - before != 1) {
            throw new IllegalStateException("written in " + (writes - before) + " pieces");
        }
        return written;
    }
}
