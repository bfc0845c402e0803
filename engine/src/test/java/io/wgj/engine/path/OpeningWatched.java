// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.AeadKey;

/// Another's ciphers, and something that happens before each opening.
///
/// @param able the other
/// @param before what happens; may throw
record OpeningWatched(Aead able, Runnable before) implements Aead {
    @Override
    public void sealWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inAt, int length, byte[] out, int outAt) {
        able.sealWithData(key, counter, data, in, inAt, length, out, outAt);
    }

    @Override
    public boolean openWithData(
            AeadKey key, long counter, byte[] data, byte[] in, int inAt, int length, byte[] out, int outAt) {
        before.run();
        return able.openWithData(key, counter, data, in, inAt, length, out, outAt);
    }
}
