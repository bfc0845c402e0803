// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// ChaCha20-Poly1305 (RFC 8439) with WireGuard's nonce: four zero bytes, then a 64-bit counter, little
/// endian (whitepaper section 5.4).
///
/// Not thread safe: every thread has its own, from [AeadProvider#newContext()]. Plaintexts are 0 to 65,535
/// bytes long. A range outside its array is an `IndexOutOfBoundsException`, a length outside that span an
/// `IllegalArgumentException`.
public interface Aead {
    /// Bytes that sealing adds.
    int TAG_LENGTH = 16;

    /// The longest plaintext.
    int MAX_LENGTH = 65_535;

    /// What data messages have for associated data.
    byte[] NO_DATA = {};

    /// Encrypts `length` bytes and writes them with their tag: `length + 16` bytes from `outOffset`. Input
    /// and output may be the same array at the same offset, and may not overlap otherwise.
    ///
    /// @param counter any 64 bits; the caller never uses one twice with a key
    default void seal(AeadKey key, long counter, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        sealWithData(key, counter, NO_DATA, in, inOffset, length, out, outOffset);
    }

    /// Checks the tag, in constant time, and decrypts to `sealedLength - 16` bytes from `outOffset`. Input
    /// and output may be the same array when `outOffset <= inOffset`.
    ///
    /// @param sealedLength bytes of ciphertext and tag together; fewer than 16 are a bad tag
    /// @return false for a bad tag: what then stands in the output's range is undefined
    default boolean open(
            AeadKey key, long counter, byte[] in, int inOffset, int sealedLength, byte[] out, int outOffset) {
        return openWithData(key, counter, NO_DATA, in, inOffset, sealedLength, out, outOffset);
    }

    /// As [#seal], with associated data of any length. For handshakes: it may allocate.
    void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /// As [#open], with associated data of any length. For handshakes: it may allocate.
    boolean openWithData(
            AeadKey key,
            long counter,
            byte[] data,
            byte[] in,
            int inOffset,
            int sealedLength,
            byte[] out,
            int outOffset);
}
