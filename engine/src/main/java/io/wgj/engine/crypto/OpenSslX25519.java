// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Optional;

/// X25519 by OpenSSL. An agreement costs it a second multiplication, since it derives the secret's public key on the
/// way.
final class OpenSslX25519 implements X25519 {
    private static final int EVP_PKEY_X25519 = 1034;

    // Places in the work memory.
    private static final int SECRET = 0;
    private static final int POINT = 32;
    private static final int RESULT = 64;
    private static final int RESULT_LENGTH = 96;
    private static final int SIZE = 104;

    private final LibCrypto lib;
    private final WorkMemory memory = WorkMemory.allocate(SIZE);

    private OpenSslX25519(LibCrypto lib) {
        this.lib = lib;
    }

    /// X25519, when this machine has a libcrypto.
    static Optional<X25519> find() {
        return LibCrypto.find().map(OpenSslX25519::new);
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public synchronized void publicKey(byte[] secret, byte[] out) {
        X25519Arguments.check(secret, secret, out);
        long key = 0;
        try {
            key = newKey(lib.privateKeyNew, SECRET, secret);
            memory.bytes().putLong(RESULT_LENGTH, LENGTH);
            if ((int) lib.publicKeyOf.call(key, at(RESULT), at(RESULT_LENGTH)) != 1) {
                throw new IllegalStateException("libcrypto cannot tell an X25519 public key");
            }
            memory.bytes().get(RESULT, out, 0, LENGTH);
        } finally {
            lib.keyFree.call(key);
            memory.wipe(0, SIZE);
        }
    }

    @Override
    public synchronized boolean agree(byte[] secret, byte[] point, byte[] out) {
        X25519Arguments.check(secret, point, out);
        long key = 0;
        long peer = 0;
        long context = 0;
        try {
            key = newKey(lib.privateKeyNew, SECRET, secret);
            peer = newKey(lib.publicKeyNew, POINT, point);
            context = lib.keyContextNew.call(key, 0);
            if (context == 0
                    || (int) lib.deriveInit.call(context) != 1
                    || (int) lib.deriveSetPeer.call(context, peer) != 1) {
                throw new IllegalStateException("libcrypto cannot prepare X25519");
            }
            memory.bytes().putLong(RESULT_LENGTH, LENGTH);
            // Fails for an all-zero result, by OpenSSL's own constant-time check. Our own does not rely on it.
            boolean derived = (int) lib.derive.call(context, at(RESULT), at(RESULT_LENGTH)) == 1;
            memory.bytes().get(RESULT, out, 0, LENGTH);
            if (!derived) {
                lib.clearErrors.call();
            }
            boolean zero = Bytes.isZero(out);
            return derived && !zero;
        } finally {
            lib.keyContextFree.call(context);
            lib.keyFree.call(peer);
            lib.keyFree.call(key);
            memory.wipe(0, SIZE);
        }
    }

    private long newKey(LibCrypto.Function maker, int place, byte[] bytes) {
        memory.bytes().put(place, bytes, 0, LENGTH);
        long key = maker.call(EVP_PKEY_X25519, 0, at(place), LENGTH);
        if (key == 0) {
            throw new IllegalStateException("libcrypto has no X25519");
        }
        return key;
    }

    private long at(int place) {
        return memory.address() + place;
    }
}
