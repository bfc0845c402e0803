// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// Bouncy Castle's low-level ladder, in Java, which is always available.
///
/// Only `X25519.scalarMult` may be used: it is all of Bouncy Castle that is packaged.
final class BouncyCastleX25519 implements X25519 {
    private static final byte[] BASE_POINT = new byte[LENGTH];

    static {
        BASE_POINT[0] = 9;
    }

    @Override
    public String name() {
        return "bouncycastle";
    }

    @Override
    public void publicKey(byte[] secret, byte[] out) {
        multiply(secret, BASE_POINT, out);
    }

    @Override
    public boolean agree(byte[] secret, byte[] point, byte[] out) {
        multiply(secret, point, out);
        return !Bytes.isZero(out);
    }

    private static void multiply(byte[] secret, byte[] point, byte[] out) {
        X25519Arguments.check(secret, point, out);
        org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(secret, 0, point, 0, out, 0);
    }
}
