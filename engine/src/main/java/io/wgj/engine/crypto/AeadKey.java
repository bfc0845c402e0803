// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// A ChaCha20-Poly1305 key in the form that every provider takes.
///
/// It may be created on one thread, used on others and destroyed on any. Contexts of the `openssl` and `jce`
/// providers keep a copy of the key they used last until they use another one.
public final class AeadKey {
    public static final int LENGTH = 32;
    private static final int WORDS = LENGTH / Integer.BYTES;

    /// The words of ChaCha20's state that the key fills (RFC 8439 section 2.3), in its order.
    private final int[] words = new int[WORDS];

    private boolean destroyed;

    /// Copies `key32`. Throws `IllegalArgumentException` unless it is 32 bytes long.
    public AeadKey(byte[] key32) {
        if (key32.length != LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + key32.length);
        }
        for (int i = 0; i < WORDS; i++) {
            words[i] = Bytes.getInt(key32, i * Integer.BYTES);
        }
    }

    /// Zeroes the key. A thread that still seals with it produces garbage; opening with it fails.
    public void destroy() {
        destroyed = true;
        Arrays.fill(words, 0);
    }

    /// Whether it was destroyed, as far as this thread can see: a copy of it must not be used any more.
    boolean isDestroyed() {
        return destroyed;
    }

    void copyTo(int[] state, int at) {
        System.arraycopy(words, 0, state, at, WORDS);
    }

    void copyTo(byte[] bytes) {
        for (int i = 0; i < WORDS; i++) {
            Bytes.putInt(bytes, i * Integer.BYTES, words[i]);
        }
    }
}
