// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One data message, by each library: a full packet's, and a small one's.
@State(Scope.Thread)
public class AeadBenchmark extends WarmedUp {
    private final AeadKey key = new AeadKey(Hex.row(1, AeadKey.LENGTH));
    private Aead aead = JceAead.PROVIDER.newContext();
    private byte[] text = {};
    private byte[] message = {};
    private byte[] out = {};
    private long counter;

    @Param({"1420", "64"})
    public int bytes;

    @Param({"jdk", "openssl", "jce"})
    public String provider = "jce";

    @Setup
    public void prepare() {
        aead = Providers.here().stream()
                .filter(here -> here.name().equals(provider))
                .findFirst()
                .orElseThrow()
                .newContext();
        text = Hex.row(2, bytes);
        message = new byte[bytes + Aead.TAG_LENGTH];
        out = new byte[bytes + Aead.TAG_LENGTH];
        aead.seal(key, 0, text, 0, bytes, message, 0);
    }

    @Benchmark
    public byte[] seal() {
        aead.seal(key, ++counter, text, 0, bytes, out, 0);
        return out;
    }

    @Benchmark
    public byte[] open() {
        if (!aead.open(key, 0, message, 0, message.length, out, 0)) {
            throw new IllegalStateException("what was sealed does not open");
        }
        return out;
    }
}
