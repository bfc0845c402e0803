// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// The exclusive or of two byte ranges, by vectors where the virtual machine has the module
/// `jdk.incubator.vector` (`--add-modules`), else eight bytes at a time.
final class Xor {
    /// A constant, so that compiled code holds only one of the two ways.
    static final boolean VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Xor() {}

    /// The output may be the input's array, at the same offset or before it.
    static void apply(
            byte[] in, int inOffset, byte[] keystream, int keystreamOffset, byte[] out, int outOffset, int length) {
        int done =
                VECTORS ? VectorXor.wholeVectors(in, inOffset, keystream, keystreamOffset, out, outOffset, length) : 0;
        words(in, inOffset + done, keystream, keystreamOffset + done, out, outOffset + done, length - done);
    }

    static void words(
            byte[] in, int inOffset, byte[] keystream, int keystreamOffset, byte[] out, int outOffset, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            long word = Bytes.getLong(in, inOffset + i) ^ Bytes.getLong(keystream, keystreamOffset + i);
            Bytes.putLong(out, outOffset + i, word);
        }
        for (; i < length; i++) {
            out[outOffset + i] = (byte) (in[inOffset + i] ^ keystream[keystreamOffset + i]);
        }
    }
}
