// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/// ChaCha20-Poly1305 through the JCA, which every JDK has. The last resort: half of its time is not spent on
/// cryptography, and it allocates for each packet.
///
/// The JDK's cipher keeps copies of the key that this class cannot zero; it forgets a key when it is given
/// the next.
final class JceAead implements Aead {
    static final AeadProvider PROVIDER = new AeadProvider() {
        @Override
        public String name() {
            return "jce";
        }

        @Override
        public Aead newContext() {
            return new JceAead();
        }
    };

    private static final String TRANSFORMATION = "ChaCha20-Poly1305";

    private final byte[] nonce = new byte[12];
    // The input is copied here, so that ranges may overlap as the contract says, whatever the JDK does.
    private final byte[] work = new byte[MAX_LENGTH + TAG_LENGTH];
    private Cipher sealing = newCipher();
    private final Cipher opening = newCipher();

    @Override
    public void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Bytes.checkSeal(in, inOffset, length, out, outOffset);
        System.arraycopy(in, inOffset, work, 0, length);
        try {
            startSealing(new Key(key), nonce(counter));
            sealing.updateAAD(data);
            sealing.doFinal(work, 0, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot seal", e);
        }
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
        if (Bytes.checkOpen(in, inOffset, sealedLength, out, outOffset) < 0) {
            return false;
        }
        System.arraycopy(in, inOffset, work, 0, sealedLength);
        try {
            opening.init(Cipher.DECRYPT_MODE, new Key(key), nonce(counter));
            opening.updateAAD(data);
            opening.doFinal(work, 0, sealedLength, out, outOffset);
            return true;
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot open", e);
        }
    }

    private void startSealing(SecretKey key, AlgorithmParameterSpec nonce) throws GeneralSecurityException {
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key, nonce);
        } catch (InvalidKeyException _) {
            // The cipher refuses to seal with the pair it used last. The caller is responsible for the
            // counters.
            sealing = newCipher();
            sealing.init(Cipher.ENCRYPT_MODE, key, nonce);
        }
    }

    private AlgorithmParameterSpec nonce(long counter) {
        Bytes.putLong(nonce, 4, counter);
        return new IvParameterSpec(nonce);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + TRANSFORMATION, e);
        }
    }

    /// A view, so that there is no `SecretKeySpec`, whose copy could not be zeroed.
    private static final class Key implements SecretKey {
        private static final long serialVersionUID = 1L;
        private final transient AeadKey key;

        Key(AeadKey key) {
            this.key = Objects.requireNonNull(key);
        }

        @Override
        public String getAlgorithm() {
            return "ChaCha20";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            byte[] bytes = new byte[AeadKey.LENGTH];
            key.copyTo(bytes);
            return bytes;
        }
    }
}
