// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/// The secret key of a device: a Curve25519 scalar. It prints as `(hidden)`. All zeros means none.
public final class PrivateKey extends Key {
    private PrivateKey(byte[] bytes) {
        super(bytes);
    }

    /// The key with these bytes, which are copied and not clamped. Throws `IllegalArgumentException` unless there
    /// are 32.
    public static PrivateKey of(byte[] bytes) {
        return new PrivateKey(bytes.clone());
    }

    /// A new key from 32 random bytes, clamped.
    public static PrivateKey fromRandom(byte[] random) {
        byte[] bytes = random.clone();
        clamp(bytes);
        return new PrivateKey(bytes);
    }

    /// The same key clamped, as devices store it: the bits that X25519 does not use are set or cleared (RFC 7748
    /// section 5).
    public PrivateKey clamped() {
        byte[] bytes = toBytes();
        clamp(bytes);
        return new PrivateKey(bytes);
    }

    private static void clamp(byte[] bytes) {
        bytes[0] &= (byte) 248;
        bytes[31] = (byte) (bytes[31] & 127 | 64);
    }

    /// The key in base64 `text`, or empty when that is not 44 characters of canonical base64.
    public static Optional<PrivateKey> parseBase64(String text) {
        byte[] bytes = KeyText.decodeBase64(text);
        return bytes == null ? Optional.empty() : Optional.of(new PrivateKey(bytes));
    }

    /// The key in hexadecimal `text`, or empty when that is not 64 digits.
    public static Optional<PrivateKey> parseHex(String text) {
        byte[] bytes = KeyText.decodeHex(text);
        return bytes == null ? Optional.empty() : Optional.of(new PrivateKey(bytes));
    }

    /// The public key: X25519 of this key, clamped on use, and the base point 9 (RFC 7748 section 6.1). The zero
    /// key has one, too.
    public PublicKey publicKey() {
        byte[] point = new byte[KeyText.KEY_LENGTH];
        point[0] = 9;
        byte[] result = new byte[KeyText.KEY_LENGTH];
        // The library's own base-point method first builds tables of another curve. That costs a short-lived process
        // more than this ladder over the plain base point.
        X25519.scalarMult(raw(), 0, point, 0, result, 0);
        return PublicKey.of(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrivateKey key && sameBytes(key);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
