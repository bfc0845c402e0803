// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import io.wgj.config.text.Latin1;
import org.jspecify.annotations.Nullable;

/// Converts 32-byte keys to base64 and hexadecimal text and back. No branch or table look-up depends on the bytes,
/// so caches and branch predictors do not reveal a key. The alphabet is RFC 4648's standard one.
public final class KeyText {
    /// Bytes in a key.
    public static final int KEY_LENGTH = 32;
    /// Characters of a key in base64, the closing `=` included.
    public static final int BASE64_LENGTH = 44;
    /// Characters of a key in hexadecimal.
    public static final int HEX_LENGTH = 64;

    private KeyText() {}

    /// The 44 characters of `key`, which must have 32 bytes.
    static String encodeBase64(byte[] key) {
        byte[] text = new byte[BASE64_LENGTH];
        int in = 0;
        int out = 0;
        for (; in < 30; in += 3, out += 4) {
            encodeTriple(text, out, key[in], key[in + 1], key[in + 2]);
        }
        encodeTriple(text, out, key[30], key[31], (byte) 0);
        text[BASE64_LENGTH - 1] = '=';
        return Latin1.of(text);
    }

    /// The key of `text`, or null unless it is exactly 44 characters of canonical base64: the two bits that the
    /// last character has to spare must be zero, and no white space or other alphabet is accepted.
    static byte @Nullable [] decodeBase64(String text) {
        if (text.length() != BASE64_LENGTH || text.charAt(BASE64_LENGTH - 1) != '=') {
            return null;
        }
        byte[] key = new byte[KEY_LENGTH];
        int bad = 0;
        int out = 0;
        for (int in = 0; in < 40; in += 4, out += 3) {
            int bits = decodeQuad(text, in, 4);
            bad |= bits >>> 31;
            key[out] = (byte) (bits >>> 16);
            key[out + 1] = (byte) (bits >>> 8);
            key[out + 2] = (byte) bits;
        }
        int bits = decodeQuad(text, 40, 3);
        bad |= (bits >>> 31) | (bits & 0xff);
        key[30] = (byte) (bits >>> 16);
        key[31] = (byte) (bits >>> 8);
        return bad == 0 ? key : null;
    }

    /// The 64 lower-case digits of `key`.
    static String encodeHex(byte[] key) {
        byte[] text = new byte[HEX_LENGTH];
        encodeHex(key, text, 0);
        return Latin1.of(text);
    }

    /// Writes the 64 lower-case digits of `key`, which must have 32 bytes, to `text` from `at` on. Unlike a
    /// string, an array can be wiped.
    public static void encodeHex(byte[] key, byte[] text, int at) {
        for (int i = 0; i < KEY_LENGTH; i++) {
            text[at + 2 * i] = hexDigit(key[i] >>> 4 & 15);
            text[at + 2 * i + 1] = hexDigit(key[i] & 15);
        }
    }

    /// The key in `length` characters of `text` from `at` on, or null unless they are exactly 64 hexadecimal
    /// digits of either case.
    public static byte @Nullable [] decodeHex(byte[] text, int at, int length) {
        if (length != HEX_LENGTH) {
            return null;
        }
        byte[] key = new byte[KEY_LENGTH];
        int bad = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            int high = hexValue(text[at + 2 * i]);
            int low = hexValue(text[at + 2 * i + 1]);
            bad |= (high | low) >>> 31;
            key[i] = (byte) (high << 4 | low);
        }
        return bad == 0 ? key : null;
    }

    /// The key of `text`, or null unless it is exactly 64 hexadecimal digits of either case.
    static byte @Nullable [] decodeHex(String text) {
        if (text.length() != HEX_LENGTH) {
            return null;
        }
        byte[] key = new byte[KEY_LENGTH];
        int bad = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            int high = hexValue(text.charAt(2 * i));
            int low = hexValue(text.charAt(2 * i + 1));
            bad |= (high | low) >>> 31;
            key[i] = (byte) (high << 4 | low);
        }
        return bad == 0 ? key : null;
    }

    private static void encodeTriple(byte[] text, int at, byte a, byte b, byte c) {
        int bits = (a & 0xff) << 16 | (b & 0xff) << 8 | c & 0xff;
        text[at] = base64Digit(bits >>> 18 & 63);
        text[at + 1] = base64Digit(bits >>> 12 & 63);
        text[at + 2] = base64Digit(bits >>> 6 & 63);
        text[at + 3] = base64Digit(bits & 63);
    }

    /// The 24 bits of four characters from `at` on, of which `count` are digits; negative when one is not a digit.
    private static int decodeQuad(String text, int at, int count) {
        int bits = 0;
        int bad = 0;
        for (int i = 0; i < 4; i++) {
            int value = i < count ? base64Value(text.charAt(at + i)) : 0;
            bad |= value;
            bits = bits << 6 | value & 63;
        }
        return bits | bad & 0x8000_0000;
    }

    /// `(limit - value) >> 31` is all ones exactly when `value > limit`: comparison by arithmetic.
    private static byte base64Digit(int value) {
        int character = 'A' + value;
        character += (25 - value) >> 31 & ('a' - 'Z' - 1);
        character += (51 - value) >> 31 & ('0' - 'z' - 1);
        character += (61 - value) >> 31 & ('+' - '9' - 1);
        character += (62 - value) >> 31 & ('/' - '+' - 1);
        return (byte) character;
    }

    private static int base64Value(int character) {
        int value = -1;
        value += inside('A', character, 'Z') & (character - 'A' + 1);
        value += inside('a', character, 'z') & (character - 'a' + 26 + 1);
        value += inside('0', character, '9') & (character - '0' + 52 + 1);
        value += inside('+', character, '+') & (62 + 1);
        value += inside('/', character, '/') & (63 + 1);
        return value;
    }

    private static byte hexDigit(int value) {
        return (byte) ('0' + value + ((9 - value) >> 31 & ('a' - '9' - 1)));
    }

    private static int hexValue(int character) {
        int value = -1;
        value += inside('0', character, '9') & (character - '0' + 1);
        value += inside('a', character, 'f') & (character - 'a' + 10 + 1);
        value += inside('A', character, 'F') & (character - 'A' + 10 + 1);
        return value;
    }

    /// All ones when `low <= character <= high`, else zero.
    private static int inside(int low, int character, int high) {
        return ~((character - low) >> 31 | (high - character) >> 31);
    }
}
