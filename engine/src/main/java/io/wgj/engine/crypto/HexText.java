// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// Parses the known answers of the self-tests.
final class HexText {
    private HexText() {}

    /// @param hex two digits a byte
    static byte[] bytes(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex, 2 * i, 2 * i + 2, 16);
        }
        return bytes;
    }
}
