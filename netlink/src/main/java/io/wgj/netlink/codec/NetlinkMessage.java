// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// `struct nlmsghdr` (linux/netlink.h), 16 bytes, native order, and the payload behind it.
///
///     0 u32 len   4 u16 type   6 u16 flags   8 u32 seq   12 u32 pid
///
/// @param type a control message below 16, else what the family says
/// @param flags `NLM_F_` constants
/// @param sequence the number of the request that it answers
/// @param portId the port of the requesting socket
/// @param payload a view of the datagram, native order; valid as long as the datagram is
public record NetlinkMessage(int type, int flags, int sequence, int portId, ByteBuffer payload) {
    public static final int HEADER_SIZE = 16;

    public static final int NLMSG_NOOP = 1;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    public static final int NLMSG_OVERRUN = 4;

    public static final int NLM_F_REQUEST = 0x01;
    public static final int NLM_F_MULTI = 0x02;
    public static final int NLM_F_ACK = 0x04;
    public static final int NLM_F_DUMP_INTR = 0x10;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;
    public static final int NLM_F_APPEND = 0x800;
    /// In an error: the request is not echoed.
    public static final int NLM_F_CAPPED = 0x100;
    /// In an error: attributes follow.
    public static final int NLM_F_ACK_TLVS = 0x200;

    /// Reads the next message of `datagram` and moves its position behind it; null at the end.
    public static @Nullable NetlinkMessage next(ByteBuffer datagram) throws MalformedMessageException {
        int left = datagram.remaining();
        if (left == 0) {
            return null;
        }
        if (left < HEADER_SIZE) {
            throw new MalformedMessageException("netlink message: " + left + " bytes are too few for a header");
        }
        ByteBuffer in = datagram.order(ByteOrder.nativeOrder());
        int at = in.position();
        int length = in.getInt(at);
        if (length < HEADER_SIZE || length > left) {
            throw new MalformedMessageException(
                    "netlink message: length " + Integer.toUnsignedString(length) + " of " + left + " bytes");
        }
        ByteBuffer payload = in.slice(at + HEADER_SIZE, length - HEADER_SIZE).order(ByteOrder.nativeOrder());
        in.position(at + Math.min(align(length), left));
        return new NetlinkMessage(
                in.getShort(at + 4) & 0xffff,
                in.getShort(at + 6) & 0xffff,
                in.getInt(at + 8),
                in.getInt(at + 12),
                payload);
    }

    /// Whether all of `flag`'s bits are set.
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /// The datagram with this one message.
    public ByteBuffer encode() {
        int length = HEADER_SIZE + payload.remaining();
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        out.putInt(length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(portId);
        out.put(payload.duplicate());
        return out.flip();
    }

    /// `length` rounded up to a multiple of four, as messages and attributes are laid out.
    static int align(int length) {
        return length + 3 & ~3;
    }
}
