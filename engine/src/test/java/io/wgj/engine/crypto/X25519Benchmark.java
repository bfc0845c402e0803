// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import io.wgj.engine.bench.WarmedUp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// X25519 by each library: with the device's own key, which is used again and again, and with one made for
/// this handshake.
@State(Scope.Thread)
public class X25519Benchmark extends WarmedUp {
    private final byte[] secret = Hex.row(1, X25519.LENGTH);
    private final byte[] point = new byte[X25519.LENGTH];
    private final byte[] out = new byte[X25519.LENGTH];
    private X25519 x25519 = new BouncyCastleX25519();
    private int number;

    @Param({"openssl", "bouncycastle"})
    public String library = "bouncycastle";

    @Setup
    public void prepare() {
        if (library.equals("openssl")) {
            x25519 = OpenSslX25519.find().orElseThrow();
        }
        x25519.publicKey(Hex.row(2, X25519.LENGTH), point);
    }

    @Benchmark
    public boolean agreeWithOwnKey() {
        return x25519.agree(secret, point, out);
    }

    @Benchmark
    public byte[] publicKeyOfNewKey() {
        number++;
        secret[1] = (byte) number;
        secret[2] = (byte) (number >>> 8);
        secret[3] = (byte) (number >>> 16);
        x25519.publicKey(secret, out);
        return out;
    }
}
