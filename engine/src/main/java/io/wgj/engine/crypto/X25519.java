// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// One library's X25519 (RFC 7748). Thread-safe. All arrays are 32 bytes long; secrets are clamped on use.
public interface X25519 {
    /// Bytes of a secret, a point and a result.
    int LENGTH = 32;

    /// A short lower-case word: `openssl`, `bouncycastle`.
    String name();

    /// Writes the public key of `secret`.
    void publicKey(byte[] secret, byte[] out);

    /// Writes the shared secret of `secret` and the other side's public key, in constant time.
    ///
    /// @return false when the result is all zeros, as for points of low order; the caller must stop then
    boolean agree(byte[] secret, byte[] point, byte[] out);

    /// Wipes everything that was kept of `secret` to be faster at its next use.
    default void forget(byte[] secret) {}
}
