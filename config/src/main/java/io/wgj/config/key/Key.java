// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import java.util.Arrays;

/// The common part of the three kinds of key: 32 immutable bytes, compared in constant time.
abstract sealed class Key permits PrivateKey, PublicKey, PresharedKey {
    private static final byte[] UNKNOWN = new byte[0];

    private volatile byte[] bytes;

    /// Takes ownership of `bytes`; callers pass a copy of an array that something else holds.
    Key(byte[] bytes) {
        if (bytes.length != KeyText.KEY_LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /// A key whose bytes [#compute] returns when they are needed.
    Key() {
        this.bytes = UNKNOWN;
    }

    /// The bytes of a key that was made without them.
    byte[] compute() {
        throw new IllegalStateException("this key has its bytes");
    }

    /// A copy of the 32 bytes, in the order of the wire.
    public final byte[] toBytes() {
        return raw().clone();
    }

    /// The 44 characters of base64 that files and `show` use. For the two secret kinds this is the secret itself.
    public final String toBase64() {
        return KeyText.encodeBase64(raw());
    }

    /// The 64 lower-case hexadecimal digits that the UAPI protocol uses. For the two secret kinds this is the
    /// secret.
    public final String toHex() {
        return KeyText.encodeHex(raw());
    }

    /// True when all 32 bytes are zero. Kernels and engines take such a key for "no key".
    public final boolean isZero() {
        int all = 0;
        for (byte b : raw()) {
            all |= b;
        }
        return all == 0;
    }

    final byte[] raw() {
        byte[] known = bytes;
        if (known == UNKNOWN) {
            // Two threads may compute the same bytes.
            known = compute();
            bytes = known;
        }
        return known;
    }

    final boolean sameBytes(Key other) {
        byte[] mine = raw();
        byte[] theirs = other.raw();
        int difference = 0;
        for (int i = 0; i < KeyText.KEY_LENGTH; i++) {
            difference |= mine[i] ^ theirs[i];
        }
        return difference == 0;
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(raw());
    }
}
