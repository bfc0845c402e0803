// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/// Little-endian numbers in byte arrays, and the checks of ranges that every provider makes.
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /// @param bytes in native byte order
    static void putLong(ByteBuffer bytes, int at, long value) {
        bytes.putLong(at, ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value));
    }

    /// Throws unless `length` bytes may be sealed from `in` to `out`.
    static void checkSeal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        checkLength(length);
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, length + Aead.TAG_LENGTH, out.length);
    }

    /// The plaintext's length; -1 when there is no room for a tag.
    static int checkOpen(byte[] in, int inOffset, int sealedLength, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, sealedLength, in.length);
        int length = sealedLength - Aead.TAG_LENGTH;
        if (length < 0) {
            return -1;
        }
        checkLength(length);
        Objects.checkFromIndexSize(outOffset, length, out.length);
        return length;
    }

    /// Whether every byte is zero, in constant time.
    static boolean isZero(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen == 0;
    }

    private static void checkLength(int length) {
        if (length < 0 || length > Aead.MAX_LENGTH) {
            throw new IllegalArgumentException("a plaintext has 0 to 65535 bytes, not " + length);
        }
    }
}
