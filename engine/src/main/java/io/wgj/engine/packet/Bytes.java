// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers in arrays, at any alignment. Network order, unless a name says otherwise.
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle NATIVE_SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private Bytes() {}

    static int u8(byte[] in, int at) {
        return in[at] & 0xff;
    }

    static int u16(byte[] in, int at) {
        return (short) SHORT.get(in, at) & 0xffff;
    }

    static int s32(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    static long s64(byte[] in, int at) {
        return (long) LONG.get(in, at);
    }

    static void put16(byte[] out, int at, int value) {
        SHORT.set(out, at, (short) value);
    }

    static void put32(byte[] out, int at, int value) {
        INT.set(out, at, value);
    }

    /// In the processor's own order.
    static int native16(byte[] in, int at) {
        return (short) NATIVE_SHORT.get(in, at) & 0xffff;
    }

    /// In the processor's own order.
    static void putNative16(byte[] out, int at, int value) {
        NATIVE_SHORT.set(out, at, (short) value);
    }
}
