// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

/// Bytes as characters.
public final class Blanks {
    private Blanks() {}

    /// What C's `isspace` says in the C locale.
    public static boolean isBlank(char character) {
        return character == ' ' || character >= '\t' && character <= '\r';
    }

    /// A string of one char a byte.
    @SuppressWarnings("deprecation") // The one constructor that takes bytes as characters without a charset look-up.
    public static String latin1(byte[] bytes) {
        return new String(bytes, 0);
    }
}
