// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.text.Ascii;

/// The public keys with which X25519 gives the same result whatever the private key is: points of order 1, 2, 4
/// and 8 of Curve25519 and of its twist, and the same ones written as numbers of 2^255-19 and more.
final class LowOrderPoints {
    /// In hexadecimal, as keys are written: the lowest byte first, the top bit clear.
    private static final String[] KEYS = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };

    private LowOrderPoints() {}

    /// Whether a public key is one of them. X25519 ignores the top bit.
    static boolean contains(byte[] key) {
        for (String low : KEYS) {
            if (isSame(key, low)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(byte[] key, String hex) {
        for (int i = 0; i < key.length; i++) {
            int wanted = Ascii.digit(hex.charAt(2 * i)) << 4 | Ascii.digit(hex.charAt(2 * i + 1));
            int given = key[i] & (i == key.length - 1 ? 0x7f : 0xff);
            if (given != wanted) {
                return false;
            }
        }
        return true;
    }
}
