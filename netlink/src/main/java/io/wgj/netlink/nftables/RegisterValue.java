// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

import io.wgj.config.net.IpAddress;
import io.wgj.config.text.Latin1;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes that a register of the packet filter holds or is compared with, in the order of the packet or of
/// the kernel.
public final class RegisterValue implements Comparable<RegisterValue> {
    /// `IFNAMSIZ` (linux/if.h).
    private static final int NAME_SIZE = 16;

    private final byte[] bytes;

    private RegisterValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /// One byte.
    public static RegisterValue ofByte(int value) {
        return new RegisterValue(new byte[] {(byte) value});
    }

    /// 32 bits in the kernel's own order: a mark, a type of address.
    public static RegisterValue nativeOrder(int value) {
        return new RegisterValue(ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array());
    }

    /// 16 bits as a packet has them: a port.
    public static RegisterValue networkOrder(short value) {
        return new RegisterValue(ByteBuffer.allocate(2).putShort(value).array());
    }

    /// An address as a packet has it, 32 or 128 bits.
    public static RegisterValue of(IpAddress address) {
        return new RegisterValue(address.toBytes());
    }

    /// The name of a link, a byte a char, padded with NULs. Throws `IllegalArgumentException` for one of more
    /// than 15 bytes.
    public static RegisterValue ofLinkName(String name) {
        byte[] text = Latin1.bytes(name);
        if (text.length >= NAME_SIZE) {
            throw new IllegalArgumentException("a name of " + text.length + " bytes; the most are " + (NAME_SIZE - 1));
        }
        return new RegisterValue(Arrays.copyOf(text, NAME_SIZE));
    }

    /// A copy.
    byte[] toBytes() {
        return bytes.clone();
    }

    /// The same value with all bits from `length` on cleared.
    RegisterValue firstOf(int length) {
        byte[] masked = bytes.clone();
        for (int bit = length; bit < 8 * masked.length; bit++) {
            masked[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        return new RegisterValue(masked);
    }

    /// The first value behind all values that share the first `length` bits with this one; zero when these
    /// are the highest values.
    RegisterValue afterAllOf(int length) {
        byte[] next = firstOf(length).bytes;
        int carry = 1;
        for (int bit = length - 1; bit >= 0 && carry == 1; bit--) {
            int mask = 0x80 >> (bit & 7);
            carry = (next[bit >> 3] & mask) == 0 ? 0 : 1;
            next[bit >> 3] ^= (byte) mask;
        }
        return new RegisterValue(next);
    }

    boolean isZero() {
        for (byte part : bytes) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    /// Compares as unsigned numbers in network order.
    @Override
    public int compareTo(RegisterValue other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegisterValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
