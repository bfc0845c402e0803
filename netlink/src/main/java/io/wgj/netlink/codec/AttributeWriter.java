// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Writes a message's payload: the family's fixed header, then attributes and nests of them.
///
/// `struct nlattr` (linux/netlink.h), 4 bytes, native order, and its payload, padded with zeros to a multiple of
/// four:
///
///     0 u16 len (header and payload, no padding)   2 u16 type (bit 15 NLA_F_NESTED, bit 14 NLA_F_NET_BYTEORDER)
///
/// The header is always in native order; the order given at construction is that of the numbers inside.
public final class AttributeWriter {
    /// Kernels from 5.2 on require it in the type of a nest.
    public static final int NLA_F_NESTED = 0x8000;

    private static final int ATTRIBUTE_HEADER_SIZE = 4;
    private static final int MOST = 0xffff;
    private static final boolean NATIVE_IS_BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private final ByteOrder order;
    private ByteBuffer out;

    /// @param order of the numbers in attributes: native for route and generic netlink, big-endian for nftables
    public AttributeWriter(ByteOrder order) {
        this.order = order;
        this.out = allocate(256);
    }

    /// A writer of numbers in native order.
    public static AttributeWriter inNativeOrder() {
        return new AttributeWriter(ByteOrder.nativeOrder());
    }

    /// Discards everything written, keeping the buffer.
    public void clear() {
        out.clear();
    }

    /// The bytes written so far, padding included.
    public int size() {
        return out.position();
    }

    /// A view of the written bytes; it changes when the writer goes on.
    public ByteBuffer payload() {
        return out.slice(0, out.position()).order(ByteOrder.nativeOrder());
    }

    /// The family's fixed header in front of the attributes. Its length is a multiple of four in every family.
    public AttributeWriter header(byte[] header) {
        reserve(header.length);
        out.put(header);
        return this;
    }

    public AttributeWriter u8(int type, int value) {
        begin(type, 1).put((byte) value).put((byte) 0).putShort((short) 0);
        return this;
    }

    public AttributeWriter u16(int type, int value) {
        begin(type, 2).order(order).putShort((short) value).putShort((short) 0).order(ByteOrder.nativeOrder());
        return this;
    }

    public AttributeWriter u32(int type, int value) {
        begin(type, 4).order(order).putInt(value).order(ByteOrder.nativeOrder());
        return this;
    }

    public AttributeWriter u64(int type, long value) {
        begin(type, 8).order(order).putLong(value).order(ByteOrder.nativeOrder());
        return this;
    }

    /// Four bytes in network order, whatever the writer's own order.
    public AttributeWriter network32(int type, int value) {
        begin(type, 4).putInt(NATIVE_IS_BIG ? value : Integer.reverseBytes(value));
        return this;
    }

    /// The 4 or 16 bytes of an address, in network order whatever the writer's own order.
    public AttributeWriter address(int type, IpAddress address) {
        if (address.family() == IpFamily.V4) {
            return network32(type, (int) address.low());
        }
        long high = address.high();
        long low = address.low();
        begin(type, 16)
                .putLong(NATIVE_IS_BIG ? high : Long.reverseBytes(high))
                .putLong(NATIVE_IS_BIG ? low : Long.reverseBytes(low));
        return this;
    }

    public AttributeWriter bytes(int type, byte[] value) {
        begin(type, value.length).put(value);
        pad();
        return this;
    }

    /// The chars of `value`, one byte each, and a closing NUL.
    public AttributeWriter string(int type, String value) {
        ByteBuffer attribute = begin(type, value.length() + 1);
        for (int i = 0; i < value.length(); i++) {
            attribute.put((byte) value.charAt(i));
        }
        attribute.put((byte) 0);
        pad();
        return this;
    }

    /// Writes an attribute that holds attributes. Throws `IllegalStateException` above 65,535 bytes with the
    /// header, the most that its length field can say; callers split longer content first.
    public AttributeWriter nested(int type, Consumer<AttributeWriter> content) {
        int nest = beginNest(type);
        content.accept(this);
        endNest(nest);
        return this;
    }

    /// Writes an element of a list; its type number has no meaning.
    public AttributeWriter item(Consumer<AttributeWriter> content) {
        return nested(0, content);
    }

    /// Begins a nest, for loops that must not make garbage; [#endNest] takes the result.
    public int beginNest(int type) {
        int start = out.position();
        begin(type | NLA_F_NESTED, 0);
        return start;
    }

    /// Closes the nest that began at `nest` and writes its length.
    public void endNest(int nest) {
        int length = out.position() - nest;
        if (length > MOST) {
            int type = out.getShort(nest + 2) & (NLA_F_NESTED - 1);
            throw new IllegalStateException("attribute " + type + " holds " + length + " bytes; the most are " + MOST);
        }
        out.putShort(nest, (short) length);
    }

    /// Discards the nest that began at `nest` with everything in it.
    public void cancelNest(int nest) {
        out.position(nest);
    }

    /// Reserves room for a header and `length` bytes with their padding, and writes the header.
    private ByteBuffer begin(int type, int length) {
        int whole = ATTRIBUTE_HEADER_SIZE + length;
        if (whole > MOST) {
            throw new IllegalStateException("attribute " + type + " has " + whole + " bytes; the most are " + MOST);
        }
        reserve(NetlinkMessage.align(whole));
        return out.putShort((short) whole).putShort((short) type);
    }

    private void pad() {
        while ((out.position() & 3) != 0) {
            out.put((byte) 0);
        }
    }

    private void reserve(int count) {
        if (out.remaining() < count) {
            int needed = out.position() + count;
            out = allocate(Math.max(2 * out.capacity(), needed)).put(out.flip());
        }
    }

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
