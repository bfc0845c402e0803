// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ChaCha20-Poly1305 by OpenSSL, four calls for each packet. Texts are copied to native memory and back;
/// nothing is allocated.
///
/// OpenSSL's contexts keep the key they were given last. While the key stays the same, only the nonce is set.
final class OpenSslAead implements Aead {
    private static final int EVP_CTRL_AEAD_GET_TAG = 0x10;
    private static final int EVP_CTRL_AEAD_SET_TAG = 0x11;

    // Offsets in the work memory. The nonce's first four bytes are never written: they are zero.
    private static final int KEY = 0;
    private static final int NONCE = 32;
    private static final int COUNTER = NONCE + 4;
    private static final int WRITTEN = 48;
    private static final int TEXT = 64;

    private final LibCrypto lib;
    private final WorkMemory memory = WorkMemory.allocate(TEXT + MAX_LENGTH + TAG_LENGTH);
    private final byte[] keyBytes = new byte[AeadKey.LENGTH];
    private final long sealing;
    private final long opening;
    private @Nullable AeadKey sealingKey;
    private @Nullable AeadKey openingKey;

    private OpenSslAead(LibCrypto lib) {
        this.lib = lib;
        long cipher = lib.chacha20Poly1305.call();
        sealing = lib.cipherContextNew.call();
        opening = lib.cipherContextNew.call();
        if (cipher == 0 || sealing == 0 || opening == 0) {
            throw new IllegalStateException("libcrypto has no ChaCha20-Poly1305");
        }
        require(lib.encryptInit.call(sealing, cipher, 0, 0, 0));
        require(lib.decryptInit.call(opening, cipher, 0, 0, 0));
    }

    /// The provider, when this machine has a libcrypto.
    static Optional<AeadProvider> provider() {
        return LibCrypto.find().map(Provider::new);
    }

    private record Provider(LibCrypto lib) implements AeadProvider {
        @Override
        public String name() {
            return "openssl";
        }

        @Override
        public Aead newContext() {
            return new OpenSslAead(lib);
        }
    }

    @Override
    public void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Bytes.checkSeal(in, inOffset, length, out, outOffset);
        init(lib.encryptInit, sealing, key, key == sealingKey && !key.isDestroyed(), counter);
        sealingKey = key;
        addData(lib.encryptUpdate, sealing, data);
        long text = at(TEXT);
        memory.bytes().put(TEXT, in, inOffset, length);
        if (length > 0) {
            require(lib.encryptUpdate.call(sealing, text, at(WRITTEN), text, length));
        }
        require(lib.encryptFinal.call(sealing, text + length, at(WRITTEN)));
        require(lib.cipherControl.call(sealing, EVP_CTRL_AEAD_GET_TAG, TAG_LENGTH, text + length));
        memory.bytes().get(TEXT, out, outOffset, length + TAG_LENGTH);
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
        init(lib.decryptInit, opening, key, key == openingKey && !key.isDestroyed(), counter);
        openingKey = key;
        addData(lib.decryptUpdate, opening, data);
        long text = at(TEXT);
        memory.bytes().put(TEXT, in, inOffset, sealedLength);
        require(lib.cipherControl.call(opening, EVP_CTRL_AEAD_SET_TAG, TAG_LENGTH, text + length));
        if (length > 0) {
            require(lib.decryptUpdate.call(opening, text, at(WRITTEN), text, length));
        }
        if ((int) lib.decryptFinal.call(opening, text + length, at(WRITTEN)) != 1) {
            lib.clearErrors.call();
            return false;
        }
        memory.bytes().get(TEXT, out, outOffset, length);
        return true;
    }

    private void init(LibCrypto.Function init, long context, AeadKey key, boolean known, long counter) {
        Bytes.putLong(memory.bytes(), COUNTER, counter);
        if (known) {
            require(init.call(context, 0, 0, 0, at(NONCE)));
            return;
        }
        key.copyTo(keyBytes);
        memory.bytes().put(KEY, keyBytes);
        require(init.call(context, 0, 0, at(KEY), at(NONCE)));
        Arrays.fill(keyBytes, (byte) 0);
        memory.wipe(KEY, AeadKey.LENGTH);
    }

    private void addData(LibCrypto.Function update, long context, byte[] data) {
        int done = 0;
        while (done < data.length) {
            int piece = Math.min(data.length - done, MAX_LENGTH);
            memory.bytes().put(TEXT, data, done, piece);
            require(update.call(context, 0, at(WRITTEN), at(TEXT), piece));
            done += piece;
        }
    }

    private long at(int place) {
        return memory.address() + place;
    }

    private void require(long result) {
        if ((int) result != 1) {
            lib.clearErrors.call();
            throw new IllegalStateException("libcrypto's ChaCha20-Poly1305 failed");
        }
    }
}
