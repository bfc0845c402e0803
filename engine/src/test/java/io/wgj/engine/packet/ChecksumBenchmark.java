// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The sum over a full packet's TCP segment, and over a bare one's.
@State(Scope.Thread)
public class ChecksumBenchmark extends WarmedUp {
    private final byte[] packet = TestPacket.text(1_420, 1);

    @Param({"1400", "40"})
    public int bytes;

    @Benchmark
    public int sum() {
        return Checksum.fold(Checksum.add(packet, 20, bytes, 0));
    }
}
