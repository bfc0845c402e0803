// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;

/// Another's ciphers, and something that happens before each sealing.
///
/// @param able the other
/// @param before what happens; may throw
record SealingWatched(Aead able, Runnable before) implements Aead {
    @Override
    public void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inAt, int length, byte[] out, int outAt) {
        before.run();
        able.sealWithData(key, counter, data, in, inAt, length, out, outAt);
    }

    @Override
    public boolean openWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inAt, int length, byte[] out, int outAt) {
        return able.openWithData(key, counter, data, in, inAt, length, out, outAt);
    }
}
