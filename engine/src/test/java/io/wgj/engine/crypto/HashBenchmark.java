// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// BLAKE2s as handshakes use it.
@State(Scope.Thread)
public class HashBenchmark extends WarmedUp {
    /// What an initiation's mac1 covers.
    private static final int COVERED = 116;

    private final byte[] key = Hex.row(1, 32);
    private final byte[] message = Hex.row(2, COVERED);
    private final byte[] input = Hex.row(3, 32);
    private final byte[] chain = new byte[32];
    private final byte[] out = new byte[32];

    @Benchmark
    public byte[] mac() {
        Blake2s.mac(key, message, 0, COVERED, out, 0);
        return out;
    }

    @Benchmark
    public byte[] kdf2() {
        Kdf.kdf2(chain, input, chain, out);
        return out;
    }
}
