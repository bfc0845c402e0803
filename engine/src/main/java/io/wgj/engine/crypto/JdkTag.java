// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// Poly1305 (RFC 8439 section 2.5) over the AEAD's associated data, text and lengths (section 2.8), with the
/// JDK's code for whole blocks. Numbers are five limbs of 26 bits, as there.
final class JdkTag {
    private static final int BITS = 26;
    private static final long MASK = (1L << BITS) - 1;
    private static final int BLOCK = 16;

    private final JdkInternals.Poly1305 poly = new JdkInternals.Poly1305();
    private final byte[] tail = new byte[2 * BLOCK];
    private long addLow;
    private long addHigh;
    private long low;
    private long high;

    /// Takes the one-time key from the beginning of `keystream`.
    void start(byte[] keystream) {
        long r0 = Bytes.getLong(keystream, 0) & 0x0ffffffc0fffffffL;
        long r1 = Bytes.getLong(keystream, 8) & 0x0ffffffc0ffffffcL;
        long[] r = poly.multiplier();
        r[0] = r0 & MASK;
        r[1] = r0 >>> 26 & MASK;
        r[2] = (r0 >>> 52 | r1 << 12) & MASK;
        r[3] = r1 >>> 14 & MASK;
        r[4] = r1 >>> 40;
        addLow = Bytes.getLong(keystream, 16);
        addHigh = Bytes.getLong(keystream, 24);
        Arrays.fill(poly.accumulator(), 0);
    }

    /// Absorbs everything; then [#low] and [#high] are the tag. The ranges are not checked.
    void absorb(byte[] data, byte[] text, int offset, int length) {
        if (data.length > 0) {
            int begun = wholeBlocks(data, 0, data.length);
            if (begun > 0) {
                poly.absorb(tail, 0, BLOCK);
            }
        }
        // The last blocks, the text's and the one of the lengths, are absorbed together.
        int begun = wholeBlocks(text, offset, length) > 0 ? BLOCK : 0;
        Bytes.putLong(tail, begun, data.length);
        Bytes.putLong(tail, begun + Long.BYTES, length);
        poly.absorb(tail, 0, begun + BLOCK);
        finish();
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    /// Absorbs everything except an unfinished last block, which goes to the tail, padded with zeros. Returns
    /// its length.
    private int wholeBlocks(byte[] in, int offset, int length) {
        int whole = length & -BLOCK;
        if (whole > 0) {
            poly.absorb(in, offset, whole);
        }
        int rest = length - whole;
        if (rest > 0) {
            Bytes.putLong(tail, 0, 0);
            Bytes.putLong(tail, Long.BYTES, 0);
            System.arraycopy(in, offset + whole, tail, 0, rest);
        }
        return rest;
    }

    /// Reduces the accumulator modulo 2^130 - 5 and adds the key's second half, in constant time.
    private void finish() {
        long[] a = poly.accumulator();
        // The JDK leaves limbs that may be negative or too large, hence arithmetic shifts and three rounds.
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                a[i + 1] += a[i] >> BITS;
                a[i] &= MASK;
            }
            a[0] += 5 * (a[4] >> BITS);
            a[4] &= MASK;
        }
        // The result is a - p, that is a + 5 - 2^130, when that is not negative.
        long carry = 5;
        for (int i = 0; i < 5; i++) {
            carry = a[i] + carry >> BITS;
        }
        long extra = 5 & -carry;
        for (int i = 0; i < 5; i++) {
            long sum = a[i] + extra;
            a[i] = sum & MASK;
            extra = sum >> BITS;
        }
        long number = a[0] | a[1] << 26 | a[2] << 52;
        low = number + addLow;
        high = (a[2] >>> 12 | a[3] << 14 | a[4] << 40) + addHigh + carryOf(number, low);
    }

    /// 1 when the addition from `before` to `after` overflowed, as unsigned numbers.
    private static long carryOf(long before, long after) {
        return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    }
}
