// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads IP packets inside the tunnel from arrays (RFC 791 section 3.1, RFC 8200 section 3), and computes
/// their padded length. Offsets and lengths are in bytes. Nothing here allocates.
public final class InnerPacket {
    /// Header bytes without options.
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private InnerPacket() {}

    /// 4 or 6 when `length` bytes can hold that version's header, else 0.
    public static int version(byte[] packet, int offset, int length) {
        if (length < IPV4_HEADER) {
            return 0;
        }
        int version = (packet[offset] & 0xf0) >> 4;
        return version == 4 || version == 6 && length >= IPV6_HEADER ? version : 0;
    }

    /// RX: the length of the packet at the start of a decrypted message, from its own header; the rest is
    /// padding.
    ///
    /// @param length of the plaintext, more than 0
    /// @return -1 when it is not an IP packet or is longer than the plaintext
    public static int lengthWithin(byte[] packet, int offset, int length) {
        int version = version(packet, offset, length);
        if (version == 4) {
            int total = (short) SHORT.get(packet, offset + 2) & 0xffff;
            return total >= IPV4_HEADER && total <= length ? total : -1;
        }
        if (version == 6) {
            int total = ((short) SHORT.get(packet, offset + 4) & 0xffff) + IPV6_HEADER;
            return total <= length ? total : -1;
        }
        return -1;
    }

    /// TX: the padded length of a packet: the next multiple of 16, but never beyond the MTU. A packet longer
    /// than the MTU is padded as its last MTU-sized piece would be.
    ///
    /// @param mtu the MTU of the TUN; 0 for no limit
    public static int paddedLength(int length, int mtu) {
        if (mtu == 0) {
            return length + 15 & ~15;
        }
        int last = length > mtu ? length % mtu : length;
        return length - last + Math.min(mtu, last + 15 & ~15);
    }

    static int source4(byte[] packet, int offset) {
        return (int) INT.get(packet, offset + 12);
    }

    static int destination4(byte[] packet, int offset) {
        return (int) INT.get(packet, offset + 16);
    }

    static long source6High(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset + 8);
    }

    static long source6Low(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset + 16);
    }

    static long destination6High(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset + 24);
    }

    static long destination6Low(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset + 32);
    }
}
