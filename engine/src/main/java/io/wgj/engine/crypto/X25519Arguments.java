// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// Checks the arguments of an [X25519].
final class X25519Arguments {
    private X25519Arguments() {}

    /// Throws `IllegalArgumentException` unless all are 32 bytes long.
    static void check(byte[] secret, byte[] point, byte[] out) {
        if (secret.length != X25519.LENGTH || point.length != X25519.LENGTH || out.length != X25519.LENGTH) {
            throw new IllegalArgumentException("X25519 takes and gives 32 bytes");
        }
    }
}
