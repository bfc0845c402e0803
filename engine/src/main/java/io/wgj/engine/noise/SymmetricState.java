// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;
import io.wgj.engine.crypto.Blake2s;
import io.wgj.engine.crypto.Kdf;
import io.wgj.engine.crypto.X25519;
import java.util.Arrays;

/// The state that both sides of a handshake mix everything into: the chaining key c, the hash h, and the key
/// of the last mixing (Noise section 5.2). All of it is secret or becomes so; [#destroy()] zeroes it.
final class SymmetricState {
    private static final byte[] CONSTRUCTION = "Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s".getBytes(US_ASCII);
    /// WireGuard's prologue.
    static final byte[] IDENTIFIER = "WireGuard v1 zx2c4 Jason@zx2c4.com".getBytes(US_ASCII);

    private static final int HASH = Blake2s.HASH_LENGTH;

    private final byte[] chainingKey = new byte[HASH];
    private final byte[] hash = new byte[HASH];
    private final byte[] key = new byte[HASH];

    /// The state after mixing `prologue` alone.
    SymmetricState(byte[] prologue) {
        Blake2s.hash(chainingKey, CONSTRUCTION);
        Blake2s.hash(hash, chainingKey, prologue);
    }

    /// A copy, for a trial.
    SymmetricState(SymmetricState other) {
        System.arraycopy(other.chainingKey, 0, chainingKey, 0, HASH);
        System.arraycopy(other.hash, 0, hash, 0, HASH);
    }

    /// h = HASH(h || data)
    void mixHash(byte[] data) {
        Blake2s.hash(hash, hash, data);
    }

    private void mixHash(byte[] data, int offset, int length) {
        Blake2s.hash().update(hash, 0, HASH).update(data, offset, length).finish(hash, 0);
    }

    /// c = KDF1(c, input): for input that precedes the next key.
    void mixKey(byte[] input) {
        Kdf.kdf1(chainingKey, input, chainingKey);
    }

    /// (c, k) = KDF2(c, input)
    void mixKeyForCipher(byte[] input) {
        Kdf.kdf2(chainingKey, input, chainingKey, key);
    }

    /// (c, tau, k) = KDF3(c, psk), then tau is mixed into the hash.
    void mixPresharedKey(byte[] presharedKey) {
        byte[] tau = new byte[HASH];
        Kdf.kdf3(chainingKey, presharedKey, chainingKey, tau, key);
        mixHash(tau);
        Arrays.fill(tau, (byte) 0);
    }

    /// Writes the public key of `ephemeral`, and mixes it into key and hash (the token `e` of a pattern with a
    /// preshared key, Noise section 9.2).
    void writeEphemeral(X25519 x25519, byte[] ephemeral, byte[] message, int offset) {
        byte[] ephemeralPublic = new byte[X25519.LENGTH];
        x25519.publicKey(ephemeral, ephemeralPublic);
        System.arraycopy(ephemeralPublic, 0, message, offset, X25519.LENGTH);
        mixKey(ephemeralPublic);
        mixHash(ephemeralPublic);
    }

    /// Encrypts `plaintext` with the last key and writes it, 16 bytes longer.
    void seal(Aead aead, byte[] plaintext, byte[] out, int outOffset) {
        AeadKey cipher = new AeadKey(key);
        aead.sealWithData(cipher, 0, hash, plaintext, 0, plaintext.length, out, outOffset);
        cipher.destroy();
        mixHash(out, outOffset, plaintext.length + Aead.TAG_LENGTH);
    }

    /// Decrypts into the whole of `plaintext`; false when the authenticator is wrong.
    boolean open(Aead aead, byte[] in, int inOffset, byte[] plaintext) {
        int sealedLength = plaintext.length + Aead.TAG_LENGTH;
        AeadKey cipher = new AeadKey(key);
        boolean genuine = aead.openWithData(cipher, 0, hash, in, inOffset, sealedLength, plaintext, 0);
        cipher.destroy();
        if (genuine) {
            mixHash(in, inOffset, sealedLength);
        } else {
            Arrays.fill(plaintext, (byte) 0);
        }
        return genuine;
    }

    /// (a, b) = KDF2(c, nothing): the initiator sends with the first, the responder with the second.
    SessionKeys split(boolean initiator) {
        byte[] first = new byte[HASH];
        byte[] second = new byte[HASH];
        Kdf.kdf2(chainingKey, new byte[0], first, second);
        AeadKey ofInitiator = new AeadKey(first);
        AeadKey ofResponder = new AeadKey(second);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        return initiator ? new SessionKeys(ofInitiator, ofResponder) : new SessionKeys(ofResponder, ofInitiator);
    }

    void destroy() {
        Arrays.fill(chainingKey, (byte) 0);
        Arrays.fill(hash, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    byte[] chainingKey() {
        return chainingKey.clone();
    }

    byte[] hash() {
        return hash.clone();
    }

    byte[] key() {
        return key.clone();
    }
}
