// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// Finds out whether a library's X25519 is right: it must agree with Bouncy Castle's and refuse the zero
/// point.
final class X25519Trial {
    private X25519Trial() {}

    static boolean passes(X25519 candidate) {
        byte[] secret = new byte[X25519.LENGTH];
        Arrays.fill(secret, (byte) 0x5a);
        byte[] point = new byte[X25519.LENGTH];
        byte[] expected = new byte[X25519.LENGTH];
        byte[] actual = new byte[X25519.LENGTH];
        X25519 other = new BouncyCastleX25519();
        try {
            candidate.publicKey(secret, point);
            other.publicKey(secret, expected);
            boolean samePoint = Arrays.equals(point, expected);
            boolean agreed = candidate.agree(secret, point, actual) && other.agree(secret, point, expected);
            boolean same = Arrays.equals(actual, expected);
            return samePoint && agreed && same && !candidate.agree(secret, new byte[X25519.LENGTH], actual);
        } catch (RuntimeException | LinkageError _) {
            // A library that cannot do it is one that is not chosen.
            return false;
        }
    }
}
