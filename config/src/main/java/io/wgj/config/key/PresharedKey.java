// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import java.util.Optional;

/// A symmetric key that two peers may add to their handshake. It is a secret and prints as `(hidden)`. All zeros
/// means none.
public final class PresharedKey extends Key {
    private PresharedKey(byte[] bytes) {
        super(bytes);
    }

    /// The key with these bytes, which are copied. Throws `IllegalArgumentException` unless there are 32.
    public static PresharedKey of(byte[] bytes) {
        return new PresharedKey(bytes.clone());
    }

    /// The key in base64 `text`, or empty when that is not 44 characters of canonical base64.
    public static Optional<PresharedKey> parseBase64(String text) {
        byte[] bytes = KeyText.decodeBase64(text);
        return bytes == null ? Optional.empty() : Optional.of(new PresharedKey(bytes));
    }

    /// The key in hexadecimal `text`, or empty when that is not 64 digits.
    public static Optional<PresharedKey> parseHex(String text) {
        byte[] bytes = KeyText.decodeHex(text);
        return bytes == null ? Optional.empty() : Optional.of(new PresharedKey(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PresharedKey key && sameBytes(key);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
