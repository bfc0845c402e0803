// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Curve25519 public key, which identifies a peer. Any 32 bytes are accepted; the protocol refuses low-order
/// points.
public final class PublicKey extends Key {
    private final @Nullable PrivateKey secret;

    private PublicKey(byte[] bytes) {
        super(bytes);
        this.secret = null;
    }

    private PublicKey(PrivateKey secret) {
        this.secret = secret;
    }

    /// The public key of `secret`, computed when it is first looked at: that takes a short-lived process 2 ms.
    public static PublicKey computedLater(PrivateKey secret) {
        return new PublicKey(secret);
    }

    @Override
    byte[] compute() {
        return secret == null ? super.compute() : secret.publicKey().raw();
    }

    /// The key with these bytes, which are copied. Throws `IllegalArgumentException` unless there are 32.
    public static PublicKey of(byte[] bytes) {
        return new PublicKey(bytes.clone());
    }

    /// The key in base64 `text`, or empty when that is not 44 characters of canonical base64.
    public static Optional<PublicKey> parseBase64(String text) {
        byte[] bytes = KeyText.decodeBase64(text);
        return bytes == null ? Optional.empty() : Optional.of(new PublicKey(bytes));
    }

    /// The key in hexadecimal `text`, or empty when that is not 64 digits.
    public static Optional<PublicKey> parseHex(String text) {
        byte[] bytes = KeyText.decodeHex(text);
        return bytes == null ? Optional.empty() : Optional.of(new PublicKey(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && sameBytes(key);
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
