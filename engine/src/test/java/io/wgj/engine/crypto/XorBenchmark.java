// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The one loop of the `jdk` provider that is wgj's own; a whole message shows little of it.
@State(Scope.Thread)
public class XorBenchmark extends WarmedUp {
    private static final int PACKET = 1_420;

    private final byte[] text = Hex.row(1, PACKET);
    private final byte[] keystream = Hex.row(2, PACKET);
    private final byte[] out = new byte[PACKET];

    @Benchmark
    public byte[] apply() {
        Xor.apply(text, 0, keystream, 0, out, 0, PACKET);
        return out;
    }
}
