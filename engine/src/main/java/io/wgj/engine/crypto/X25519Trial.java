// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.Arrays;

/// Tests whether a library's X25519 is correct: it must compute the result of RFC 7748 section 6.1 and refuse
/// the zero point.
final class X25519Trial {
    private static final byte[] SECRET =
            HexText.bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    private static final byte[] POINT =
            HexText.bytes("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] OTHER =
            HexText.bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] SHARED =
            HexText.bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    private X25519Trial() {}

    static boolean passes(X25519 candidate) {
        byte[] found = new byte[X25519.LENGTH];
        try {
            candidate.publicKey(SECRET, found);
            boolean samePoint = Arrays.equals(found, POINT);
            boolean agreed = candidate.agree(SECRET, OTHER, found) && Arrays.equals(found, SHARED);
            return samePoint && agreed && !candidate.agree(SECRET, new byte[X25519.LENGTH], found);
        } catch (RuntimeException | LinkageError _) {
            // A library that cannot do it is not chosen.
            return false;
        }
    }
}
