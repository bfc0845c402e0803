// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// BLAKE2s (RFC 7693) as WireGuard uses it: a hash of 32 bytes, BLAKE2's own keyed mode as a MAC of 16 or 32
/// bytes, and the classic HMAC.
///
/// An instance takes one message and wipes itself when it returns the result. Not thread-safe.
public final class Blake2s {
    /// Bytes of a hash.
    public static final int HASH_LENGTH = 32;
    /// Bytes of `mac1`, `mac2` and a cookie.
    public static final int MAC_LENGTH = 16;

    private static final int BLOCK = 64;
    private static final int[] IV = {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19
    };
    private static final byte[][] SIGMA = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    };

    private final int[] state = IV.clone();
    private final int[] message = new int[16];
    private final byte[] block = new byte[BLOCK];
    private final int outputLength;
    private int filled;
    private long taken;

    private Blake2s(byte[] key, int outputLength) {
        if (outputLength < 1 || outputLength > HASH_LENGTH || key.length > HASH_LENGTH) {
            throw new IllegalArgumentException("BLAKE2s gives 1 to 32 bytes and takes a key of up to 32");
        }
        this.outputLength = outputLength;
        state[0] ^= 0x01010000 | key.length << 8 | outputLength;
        if (key.length > 0) {
            System.arraycopy(key, 0, block, 0, key.length);
            filled = BLOCK;
        }
    }

    /// The unkeyed hash of 32 bytes.
    public static Blake2s hash() {
        return new Blake2s(new byte[0], HASH_LENGTH);
    }

    /// The keyed hash.
    ///
    /// @param key up to 32 bytes; none is the unkeyed hash
    /// @param outputLength bytes of the result, 1 to 32. The length is part of what is hashed: a short
    ///     result is not the beginning of a long one
    public static Blake2s keyed(byte[] key, int outputLength) {
        return new Blake2s(key, outputLength);
    }

    /// Writes the 32-byte hash of `parts` in a row to the beginning of `out`, which may be one of them.
    public static void hash(byte[] out, byte[]... parts) {
        Blake2s digest = hash();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        digest.finish(out, 0);
    }

    /// Writes the 16-byte keyed hash of a range, WireGuard's MAC, from `outOffset`.
    public static void mac(byte[] key, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        keyed(key, MAC_LENGTH).update(in, inOffset, length).finish(out, outOffset);
    }

    /// Writes the 32-byte HMAC (RFC 2104, blocks of 64 bytes) of `parts` in a row to the beginning of
    /// `out`, which may be the key or one of them.
    public static void hmac(byte[] out, byte[] key, byte[]... parts) {
        byte[] pad = new byte[BLOCK];
        if (key.length > BLOCK) {
            hash(pad, key);
        } else {
            System.arraycopy(key, 0, pad, 0, key.length);
        }
        exclusiveOr(pad, 0x36);
        Blake2s inner = hash().update(pad, 0, BLOCK);
        for (byte[] part : parts) {
            inner.update(part, 0, part.length);
        }
        byte[] middle = new byte[HASH_LENGTH];
        inner.finish(middle, 0);
        exclusiveOr(pad, 0x36 ^ 0x5c);
        hash().update(pad, 0, BLOCK).update(middle, 0, HASH_LENGTH).finish(out, 0);
        Arrays.fill(pad, (byte) 0);
        Arrays.fill(middle, (byte) 0);
    }

    /// Adds to the message.
    public Blake2s update(byte[] in, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            // A full block waits until something follows it: the last block is compressed differently.
            if (filled == BLOCK) {
                compress(false);
                filled = 0;
            }
            int piece = Math.min(left, BLOCK - filled);
            System.arraycopy(in, at, block, filled, piece);
            filled += piece;
            at += piece;
            left -= piece;
        }
        return this;
    }

    /// Writes the result from `offset` and wipes everything. The instance cannot be used afterwards.
    public void finish(byte[] out, int offset) {
        Arrays.fill(block, filled, BLOCK, (byte) 0);
        compress(true);
        for (int i = 0; i < outputLength; i++) {
            out[offset + i] = (byte) (state[i >> 2] >>> 8 * (i & 3));
        }
        Arrays.fill(state, 0);
        Arrays.fill(message, 0);
        Arrays.fill(block, (byte) 0);
    }

    /// The sixteen words are local variables, not an array: each step needs the one before, and a round trip
    /// through memory takes as long as four steps.
    private void compress(boolean last) {
        taken += filled;
        int[] h = state;
        int[] m = message;
        for (int i = 0; i < 16; i++) {
            m[i] = Bytes.getInt(block, i * Integer.BYTES);
        }
        int v0 = h[0];
        int v1 = h[1];
        int v2 = h[2];
        int v3 = h[3];
        int v4 = h[4];
        int v5 = h[5];
        int v6 = h[6];
        int v7 = h[7];
        int v8 = IV[0];
        int v9 = IV[1];
        int v10 = IV[2];
        int v11 = IV[3];
        int v12 = IV[4] ^ (int) taken;
        int v13 = IV[5] ^ (int) (taken >>> 32);
        int v14 = IV[6] ^ (last ? -1 : 0);
        int v15 = IV[7];
        for (byte[] s : SIGMA) {
            v0 += v4 + m[s[0]];
            v12 = Integer.rotateRight(v12 ^ v0, 16);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 12);
            v0 += v4 + m[s[1]];
            v12 = Integer.rotateRight(v12 ^ v0, 8);
            v8 += v12;
            v4 = Integer.rotateRight(v4 ^ v8, 7);
            v1 += v5 + m[s[2]];
            v13 = Integer.rotateRight(v13 ^ v1, 16);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 12);
            v1 += v5 + m[s[3]];
            v13 = Integer.rotateRight(v13 ^ v1, 8);
            v9 += v13;
            v5 = Integer.rotateRight(v5 ^ v9, 7);
            v2 += v6 + m[s[4]];
            v14 = Integer.rotateRight(v14 ^ v2, 16);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 12);
            v2 += v6 + m[s[5]];
            v14 = Integer.rotateRight(v14 ^ v2, 8);
            v10 += v14;
            v6 = Integer.rotateRight(v6 ^ v10, 7);
            v3 += v7 + m[s[6]];
            v15 = Integer.rotateRight(v15 ^ v3, 16);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 12);
            v3 += v7 + m[s[7]];
            v15 = Integer.rotateRight(v15 ^ v3, 8);
            v11 += v15;
            v7 = Integer.rotateRight(v7 ^ v11, 7);
            v0 += v5 + m[s[8]];
            v15 = Integer.rotateRight(v15 ^ v0, 16);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 12);
            v0 += v5 + m[s[9]];
            v15 = Integer.rotateRight(v15 ^ v0, 8);
            v10 += v15;
            v5 = Integer.rotateRight(v5 ^ v10, 7);
            v1 += v6 + m[s[10]];
            v12 = Integer.rotateRight(v12 ^ v1, 16);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 12);
            v1 += v6 + m[s[11]];
            v12 = Integer.rotateRight(v12 ^ v1, 8);
            v11 += v12;
            v6 = Integer.rotateRight(v6 ^ v11, 7);
            v2 += v7 + m[s[12]];
            v13 = Integer.rotateRight(v13 ^ v2, 16);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 12);
            v2 += v7 + m[s[13]];
            v13 = Integer.rotateRight(v13 ^ v2, 8);
            v8 += v13;
            v7 = Integer.rotateRight(v7 ^ v8, 7);
            v3 += v4 + m[s[14]];
            v14 = Integer.rotateRight(v14 ^ v3, 16);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 12);
            v3 += v4 + m[s[15]];
            v14 = Integer.rotateRight(v14 ^ v3, 8);
            v9 += v14;
            v4 = Integer.rotateRight(v4 ^ v9, 7);
        }
        h[0] ^= v0 ^ v8;
        h[1] ^= v1 ^ v9;
        h[2] ^= v2 ^ v10;
        h[3] ^= v3 ^ v11;
        h[4] ^= v4 ^ v12;
        h[5] ^= v5 ^ v13;
        h[6] ^= v6 ^ v14;
        h[7] ^= v7 ^ v15;
    }

    private static void exclusiveOr(byte[] bytes, int value) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) value;
        }
    }
}
