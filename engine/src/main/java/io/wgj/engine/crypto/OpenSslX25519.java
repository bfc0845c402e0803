// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// X25519 by OpenSSL. OpenSSL derives the public key of every secret that it is given, which costs half an
/// agreement. So this keeps OpenSSL's form of the two secrets used last, until they are forgotten.
final class OpenSslX25519 implements X25519 {
    private static final int EVP_PKEY_X25519 = 1034;

    // Offsets in the work memory.
    private static final int SECRET = 0;
    private static final int POINT = 32;
    private static final int RESULT = 64;
    private static final int RESULT_LENGTH = 96;
    private static final int SIZE = 104;

    private final LibCrypto lib;
    private final WorkMemory memory = WorkMemory.allocate(SIZE);
    private final Kept[] kept = {new Kept(), new Kept()};
    /// The place in [#kept] that was used last.
    private int latest;

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
        try {
            long key = keep(secret).key;
            memory.bytes().putLong(RESULT_LENGTH, LENGTH);
            if ((int) lib.publicKeyOf.call(key, at(RESULT), at(RESULT_LENGTH)) != 1) {
                throw new IllegalStateException("libcrypto cannot tell an X25519 public key");
            }
            memory.bytes().get(RESULT, out, 0, LENGTH);
        } finally {
            memory.wipe(0, SIZE);
        }
    }

    @Override
    public synchronized boolean agree(byte[] secret, byte[] point, byte[] out) {
        X25519Arguments.check(secret, point, out);
        long peer = 0;
        try {
            long context = keep(secret).context;
            peer = newKey(lib.publicKeyNew, POINT, point);
            if ((int) lib.deriveSetPeer.call(context, peer) != 1) {
                throw new IllegalStateException("libcrypto cannot prepare X25519");
            }
            memory.bytes().putLong(RESULT_LENGTH, LENGTH);
            // Fails for an all-zero result, by OpenSSL's own constant-time check. The check below does not
            // rely on it.
            boolean derived = (int) lib.derive.call(context, at(RESULT), at(RESULT_LENGTH)) == 1;
            memory.bytes().get(RESULT, out, 0, LENGTH);
            if (!derived) {
                lib.clearErrors.call();
            }
            boolean zero = Bytes.isZero(out);
            return derived && !zero;
        } finally {
            lib.keyFree.call(peer);
            memory.wipe(0, SIZE);
        }
    }

    @Override
    public synchronized void forget(byte[] secret) {
        for (Kept one : kept) {
            if (one.isOf(secret)) {
                drop(one);
            }
        }
    }

    private Kept keep(byte[] secret) {
        if (!kept[latest].isOf(secret)) {
            latest = 1 - latest;
            Kept one = kept[latest];
            if (!one.isOf(secret)) {
                drop(one);
                take(one, secret);
            }
        }
        return kept[latest];
    }

    private void take(Kept one, byte[] secret) {
        long key = newKey(lib.privateKeyNew, SECRET, secret);
        long context = lib.keyContextNew.call(key, 0);
        if (context == 0 || (int) lib.deriveInit.call(context) != 1) {
            lib.keyContextFree.call(context);
            lib.keyFree.call(key);
            throw new IllegalStateException("libcrypto cannot prepare X25519");
        }
        one.key = key;
        one.context = context;
        System.arraycopy(secret, 0, one.secret, 0, LENGTH);
    }

    /// OpenSSL wipes what it frees.
    private void drop(Kept one) {
        lib.keyContextFree.call(one.context);
        lib.keyFree.call(one.key);
        one.context = 0;
        one.key = 0;
        Arrays.fill(one.secret, (byte) 0);
    }

    /// A secret, and OpenSSL's form of it; 0 for none.
    private static final class Kept {
        private final byte[] secret = new byte[LENGTH];
        private long key;
        private long context;

        boolean isOf(byte[] other) {
            return key != 0 && MessageDigest.isEqual(secret, other);
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
