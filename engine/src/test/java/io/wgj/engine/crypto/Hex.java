// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.util.HexFormat;

/// Bytes as vectors print them.
final class Hex {
    private Hex() {}

    static byte[] of(String text) {
        return HexFormat.of().parseHex(text);
    }

    static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// `count` bytes, counting up from `first`.
    static byte[] row(int first, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
