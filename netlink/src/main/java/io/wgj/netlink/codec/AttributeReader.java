// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cursor over the attributes of a message (their layout: [AttributeWriter]) that never leaves its bytes:
///
///     while (attributes.next()) {
///         switch (attributes.type()) {
///             case WGDEVICE_A_FWMARK -> fwmark = attributes.u32();
///             case WGDEVICE_A_PEERS -> {
///                 attributes.enter();
///                 …the same loop for what is inside…
///                 attributes.leave();
///             }
///             default -> {} // Unknown ones, and the padding that has type 0.
///         }
///     }
///
/// One cursor enters and leaves nests, so that a list of 100,000 elements makes no garbage.
public final class AttributeReader {
    private static final int HEADER_SIZE = 4;
    private static final int TYPE_MASK = 0x3fff;

    private final ByteBuffer in;
    private final String message;
    /// For each depth, the end of the outer nest and the place behind the entered attribute; `depth` of them
    /// are in use.
    private int[] outer = new int[8];
    private int depth;
    private int end;
    private int following;
    private int type;
    private int start;
    private int length;

    /// @param payload its remaining bytes are read; its position stays
    /// @param headerSize of the family's fixed header in front of the attributes
    /// @param order of the numbers in attributes
    /// @param message what is being read, for error messages
    public AttributeReader(ByteBuffer payload, int headerSize, ByteOrder order, String message)
            throws MalformedMessageException {
        if (payload.remaining() < headerSize) {
            throw new MalformedMessageException(
                    message + ": " + payload.remaining() + " bytes are too few for its header of " + headerSize);
        }
        this.in = payload.duplicate().order(order);
        this.message = message;
        this.end = payload.limit();
        // Attributes start at the next multiple of four behind the header; in a short message that is behind
        // its end.
        this.following = Math.min(payload.position() + NetlinkMessage.align(headerSize), end);
    }

    /// A reader of numbers in native order.
    public static AttributeReader inNativeOrder(ByteBuffer payload, int headerSize, String message)
            throws MalformedMessageException {
        return new AttributeReader(payload, headerSize, ByteOrder.nativeOrder(), message);
    }

    /// Moves to the next attribute of the message or nest; false behind the last one.
    public boolean next() throws MalformedMessageException {
        int left = end - following;
        if (left == 0) {
            return false;
        }
        if (left < HEADER_SIZE) {
            throw new MalformedMessageException(
                    message + ": " + left + " bytes at its end are too few for an attribute");
        }
        int whole = header(following);
        type = header(following + 2) & TYPE_MASK;
        if (whole < HEADER_SIZE || whole > left) {
            throw new MalformedMessageException(
                    message + ": attribute " + type + ": length " + whole + " of " + left + " bytes");
        }
        start = following + HEADER_SIZE;
        length = whole - HEADER_SIZE;
        following = Math.min(following + NetlinkMessage.align(whole), end);
        return true;
    }

    /// The attribute's type without its flag bits.
    public int type() {
        return type;
    }

    /// The bytes in its payload, padding left out.
    public int length() {
        return length;
    }

    public int u8() throws MalformedMessageException {
        return in.get(at(0, 1)) & 0xff;
    }

    public int u16() throws MalformedMessageException {
        return in.getShort(at(0, 2)) & 0xffff;
    }

    public int u32() throws MalformedMessageException {
        return in.getInt(at(0, 4));
    }

    public long u64() throws MalformedMessageException {
        return u64(0);
    }

    /// The 64 bits at `offset` of the payload.
    public long u64(int offset) throws MalformedMessageException {
        return in.getLong(at(offset, 8));
    }

    /// The 32 bits at `offset` of the payload.
    public int u32(int offset) throws MalformedMessageException {
        return in.getInt(at(offset, 4));
    }

    /// The 16 bits at `offset` of the payload.
    public int u16(int offset) throws MalformedMessageException {
        return in.getShort(at(offset, 2)) & 0xffff;
    }

    /// The same in network order.
    public int network16(int offset) throws MalformedMessageException {
        int value = u16(offset);
        return isBig() ? value : Short.reverseBytes((short) value) & 0xffff;
    }

    /// The same in network order.
    public int network32(int offset) throws MalformedMessageException {
        int value = u32(offset);
        return isBig() ? value : Integer.reverseBytes(value);
    }

    /// The same in network order.
    public long network64(int offset) throws MalformedMessageException {
        long value = u64(offset);
        return isBig() ? value : Long.reverseBytes(value);
    }

    /// The payload as an address of `family`; null when it is of another length.
    public @Nullable IpAddress address(IpFamily family) throws MalformedMessageException {
        return length == family.bytes() ? address(family, 0) : null;
    }

    /// The address of `family` that starts at `offset` of the payload.
    public IpAddress address(IpFamily family, int offset) throws MalformedMessageException {
        return family == IpFamily.V4
                ? IpAddress.ofV4(network32(offset))
                : IpAddress.ofV6(network64(offset), network64(offset + 8));
    }

    /// A copy of the payload.
    public byte[] bytes() {
        byte[] copy = new byte[length];
        in.get(start, copy);
        return copy;
    }

    /// The payload up to its first NUL or its end, a byte a char.
    public String string() {
        StringBuilder text = new StringBuilder(length);
        for (int i = start; i < start + length && in.get(i) != 0; i++) {
            text.append((char) (in.get(i) & 0xff));
        }
        return text.toString();
    }

    /// Enters the attribute: [#next] then walks the attributes inside it.
    public void enter() {
        if (2 * depth == outer.length) {
            outer = Arrays.copyOf(outer, 2 * outer.length);
        }
        outer[2 * depth] = end;
        outer[2 * depth + 1] = following;
        depth++;
        end = start + length;
        following = start;
    }

    /// Leaves the nest: [#next] then continues behind it.
    public void leave() {
        depth--;
        end = outer[2 * depth];
        following = outer[2 * depth + 1];
    }

    private boolean isBig() {
        return in.order() == ByteOrder.BIG_ENDIAN;
    }

    private int at(int offset, int count) throws MalformedMessageException {
        if (offset + count > length) {
            throw new MalformedMessageException(message + ": attribute " + type + ": " + length + " bytes are too few; "
                    + (offset + count) + " are needed");
        }
        return start + offset;
    }

    /// The two numbers of an attribute's header are in native order, whatever the order inside.
    private int header(int index) {
        short value = in.getShort(index);
        return (in.order() == ByteOrder.nativeOrder() ? value : Short.reverseBytes(value)) & 0xffff;
    }
}
