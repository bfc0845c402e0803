// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.X25519;
import java.util.Arrays;

/// The device's own static keys.
public final class LocalIdentity {
    private final X25519 x25519;
    private final byte[] privateKey;
    private final byte[] publicKey = new byte[X25519.LENGTH];

    /// @param privateKey 32 bytes, clamped on use; copied
    public LocalIdentity(X25519 x25519, byte[] privateKey) {
        this.x25519 = x25519;
        this.privateKey = privateKey.clone();
        x25519.publicKey(this.privateKey, publicKey);
    }

    /// A copy of the public key.
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// Writes the Diffie-Hellman result of the private key and `point`; false when it is zero.
    public boolean agree(X25519 x25519, byte[] point, byte[] out) {
        return x25519.agree(privateKey, point, out);
    }

    /// Zeroes the private key; the object cannot be used afterwards.
    public void destroy() {
        x25519.forget(privateKey);
        Arrays.fill(privateKey, (byte) 0);
    }
}
