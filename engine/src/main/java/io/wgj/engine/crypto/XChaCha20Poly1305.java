// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): a subkey from the nonce's first 16 bytes, then
/// ChaCha20-Poly1305 with its last 8. Cookie replies use it; it allocates.
public final class XChaCha20Poly1305 {
    /// Bytes of a nonce.
    public static final int NONCE_LENGTH = 24;

    private static final int COUNTER_AT = 16;

    private XChaCha20Poly1305() {}

    /// Writes `in`, encrypted, and its tag, 16 bytes more, from `outOffset`.
    public static void seal(Aead aead, byte[] key, byte[] nonce, byte[] data, byte[] in, byte[] out, int outOffset) {
        AeadKey subkey = subkey(key, nonce);
        try {
            aead.sealWithData(subkey, Bytes.getLong(nonce, COUNTER_AT), data, in, 0, in.length, out, outOffset);
        } finally {
            subkey.destroy();
        }
    }

    /// Checks and decrypts `sealedLength` bytes, tag included, to the beginning of `out`; false for a bad
    /// tag.
    public static boolean open(
            Aead aead, byte[] key, byte[] nonce, byte[] data, byte[] in, int inOffset, int sealedLength, byte[] out) {
        AeadKey subkey = subkey(key, nonce);
        try {
            return aead.openWithData(
                    subkey, Bytes.getLong(nonce, COUNTER_AT), data, in, inOffset, sealedLength, out, 0);
        } finally {
            subkey.destroy();
        }
    }

    /// HChaCha20 (the draft's section 2.2): ChaCha20's rounds without the final addition; the result is the
    /// first and the last row of the state.
    ///
    /// @param nonce its first 16 bytes are read
    static void hChaCha20(byte[] key, byte[] nonce, byte[] out) {
        int[] state = new int[16];
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        for (int i = 0; i < 8; i++) {
            state[4 + i] = Bytes.getInt(key, 4 * i);
        }
        for (int i = 0; i < 4; i++) {
            state[12 + i] = Bytes.getInt(nonce, 4 * i);
        }
        for (int i = 0; i < 10; i++) {
            quarterRound(state, 0, 4, 8, 12);
            quarterRound(state, 1, 5, 9, 13);
            quarterRound(state, 2, 6, 10, 14);
            quarterRound(state, 3, 7, 11, 15);
            quarterRound(state, 0, 5, 10, 15);
            quarterRound(state, 1, 6, 11, 12);
            quarterRound(state, 2, 7, 8, 13);
            quarterRound(state, 3, 4, 9, 14);
        }
        for (int i = 0; i < 4; i++) {
            Bytes.putInt(out, 4 * i, state[i]);
            Bytes.putInt(out, 16 + 4 * i, state[12 + i]);
        }
        Arrays.fill(state, 0);
    }

    private static AeadKey subkey(byte[] key, byte[] nonce) {
        if (key.length != AeadKey.LENGTH || nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("XChaCha20 takes a key of 32 bytes and a nonce of 24");
        }
        byte[] derived = new byte[AeadKey.LENGTH];
        hChaCha20(key, nonce, derived);
        AeadKey subkey = new AeadKey(derived);
        Arrays.fill(derived, (byte) 0);
        return subkey;
    }

    private static void quarterRound(int[] state, int a, int b, int c, int d) {
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 7);
    }
}
