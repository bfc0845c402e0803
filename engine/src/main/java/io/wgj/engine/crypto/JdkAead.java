// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// ChaCha20-Poly1305 over the JDK's own vector code ([JdkInternals]), without the JCA. It allocates nothing
/// and needs no key schedule.
final class JdkAead implements Aead {
    static final AeadProvider PROVIDER = new AeadProvider() {
        @Override
        public String name() {
            return "jdk";
        }

        @Override
        public Aead newContext() {
            return new JdkAead();
        }
    };

    private static final int KEY_AT = 4;
    private static final int BLOCK_COUNTER_AT = 12;
    private static final int BLOCK_LENGTH = 64;

    private final int[] state = new int[16];
    private final byte[] keystream = new byte[JdkInternals.KEYSTREAM_LENGTH];
    private final JdkTag tag = new JdkTag();
    /// How much of the keystream exists, and how much of it is used.
    private int made;

    private int used;

    JdkAead() {
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
    }

    @Override
    public void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Bytes.checkSeal(in, inOffset, length, out, outOffset);
        start(key, counter);
        tag.start(keystream);
        apply(in, inOffset, out, outOffset, length);
        Arrays.fill(state, KEY_AT, BLOCK_COUNTER_AT, 0);
        tag.absorb(data, out, outOffset, length);
        Bytes.putLong(out, outOffset + length, tag.low());
        Bytes.putLong(out, outOffset + length + Long.BYTES, tag.high());
    }

    @Override
    public boolean openWithData(
            AeadKey key,
            long counter,
            byte[] data,
            byte[] in,
            int inOffset,
            int sealedLength,
            byte[] out,
            int outOffset) {
        int length = Bytes.checkOpen(in, inOffset, sealedLength, out, outOffset);
        if (length < 0) {
            return false;
        }
        start(key, counter);
        tag.start(keystream);
        tag.absorb(data, in, inOffset, length);
        long low = tag.low() ^ Bytes.getLong(in, inOffset + length);
        long high = tag.high() ^ Bytes.getLong(in, inOffset + length + Long.BYTES);
        boolean genuine = (low | high) == 0;
        if (genuine) {
            apply(in, inOffset, out, outOffset, length);
        }
        Arrays.fill(state, KEY_AT, BLOCK_COUNTER_AT, 0);
        return genuine;
    }

    /// Makes the first keystream. Its first block is the tag's key (RFC 8439 section 2.6), followed by the
    /// text's keystream.
    private void start(AeadKey key, long counter) {
        key.copyTo(state, KEY_AT);
        state[BLOCK_COUNTER_AT] = 0;
        state[13] = 0;
        state[14] = (int) counter;
        state[15] = (int) (counter >>> 32);
        made = JdkInternals.keystream(state, keystream);
        used = BLOCK_LENGTH;
    }

    private void apply(byte[] in, int inOffset, byte[] out, int outOffset, int length) {
        int done = 0;
        while (done < length) {
            if (used == made) {
                state[BLOCK_COUNTER_AT] += made / BLOCK_LENGTH;
                made = JdkInternals.keystream(state, keystream);
                used = 0;
            }
            int piece = Math.min(length - done, made - used);
            Xor.apply(in, inOffset + done, keystream, used, out, outOffset + done, piece);
            used += piece;
            done += piece;
        }
    }
}
