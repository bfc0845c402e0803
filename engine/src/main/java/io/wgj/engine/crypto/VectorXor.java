// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The part of [Xor] that must not be loaded where the vector module is missing.
final class VectorXor {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

    private VectorXor() {}

    /// Does as much of the range as whole vectors cover. Returns how many bytes that were.
    static int wholeVectors(
            byte[] in, int inOffset, byte[] keystream, int keystreamOffset, byte[] out, int outOffset, int length) {
        int whole = SPECIES.loopBound(length);
        for (int i = 0; i < whole; i += SPECIES.length()) {
            ByteVector.fromArray(SPECIES, in, inOffset + i)
                    .lanewise(VectorOperators.XOR, ByteVector.fromArray(SPECIES, keystream, keystreamOffset + i))
                    .intoArray(out, outOffset + i);
        }
        return whole;
    }
}
