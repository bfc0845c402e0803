// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// The whitepaper's KDF1, KDF2 and KDF3 (section 5.4): HKDF over HMAC-BLAKE2s.
///
/// Results are 32 bytes, written to the beginning of their arrays. An array may be the key as well as the
/// first result, as in the chaining of a handshake.
public final class Kdf {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};
    private static final byte[] THREE = {3};

    private Kdf() {}

    /// KDF1: one result.
    public static void kdf1(byte[] key, byte[] input, byte[] t1) {
        byte[] extracted = extract(key, input);
        Blake2s.hmac(t1, extracted, ONE);
        Arrays.fill(extracted, (byte) 0);
    }

    /// KDF2: two results.
    public static void kdf2(byte[] key, byte[] input, byte[] t1, byte[] t2) {
        byte[] extracted = extract(key, input);
        Blake2s.hmac(t1, extracted, ONE);
        expand(t2, extracted, t1, TWO);
        Arrays.fill(extracted, (byte) 0);
    }

    /// KDF3: three results.
    public static void kdf3(byte[] key, byte[] input, byte[] t1, byte[] t2, byte[] t3) {
        byte[] extracted = extract(key, input);
        Blake2s.hmac(t1, extracted, ONE);
        expand(t2, extracted, t1, TWO);
        expand(t3, extracted, t2, THREE);
        Arrays.fill(extracted, (byte) 0);
    }

    private static byte[] extract(byte[] key, byte[] input) {
        byte[] extracted = new byte[Blake2s.HASH_LENGTH];
        Blake2s.hmac(extracted, key, input);
        return extracted;
    }

    private static void expand(byte[] out, byte[] extracted, byte[] before, byte[] step) {
        byte[] previous = Arrays.copyOf(before, Blake2s.HASH_LENGTH);
        Blake2s.hmac(out, extracted, previous, step);
        Arrays.fill(previous, (byte) 0);
    }
}
