// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgj.engine.crypto.Blake2s;

/// The two keys derived from a receiver's public key: for mac1, and for the cookies that the receiver sends
/// (whitepaper section 5.4.4 and 5.4.7).
final class MacKeys {
    private static final byte[] LABEL_MAC1 = "mac1----".getBytes(US_ASCII);
    private static final byte[] LABEL_COOKIE = "cookie--".getBytes(US_ASCII);

    /// How long a responder's secret lives, and every cookie with it: 120 s in nanoseconds.
    static final long COOKIE_SECRET_MAX_AGE = 120_000_000_000L;

    private final byte[] mac1 = new byte[Blake2s.HASH_LENGTH];
    private final byte[] cookie = new byte[Blake2s.HASH_LENGTH];

    /// @param publicKey the receiver's
    MacKeys(byte[] publicKey) {
        Blake2s.hash(mac1, LABEL_MAC1, publicKey);
        Blake2s.hash(cookie, LABEL_COOKIE, publicKey);
    }

    byte[] mac1() {
        return mac1;
    }

    byte[] cookie() {
        return cookie;
    }
}
