// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

/// Numbers that stand in journals for texts that have no place there.
public final class Fingerprint {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /// FNV-1a, 64 bits.
    ///
    /// @param text never a secret: the number can be turned back
    public static long of(String text) {
        long hash = FNV_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i) & 0xff) * FNV_PRIME;
        }
        return hash;
    }
}
