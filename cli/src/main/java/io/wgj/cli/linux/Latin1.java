// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import java.nio.charset.StandardCharsets;

/// Text of one char a byte.
final class Latin1 {
    private Latin1() {}

    /// The UTF-8 bytes of `text`, one a char.
    static String ofUtf8(String text) {
        return isAscii(text) ? text : of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// `bytes`, one a char.
    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Whether every character is its own byte in any encoding the JVM may have read it with.
    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
