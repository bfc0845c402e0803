// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_ACK_TLVS;
import static io.wgj.netlink.codec.NetlinkMessage.NLM_F_CAPPED;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import org.jspecify.annotations.Nullable;

/// The end of an exchange: `NLMSG_ERROR`, or the number in `NLMSG_DONE`.
///
/// `struct nlmsgerr` (linux/netlink.h), native order; attributes follow when `NLM_F_ACK_TLVS` is set:
///
///     0 s32 error (0 or negative)   4 the request's nlmsghdr, and with `NLM_F_CAPPED` unset its payload
///
/// In `NLMSG_DONE` the attributes follow directly behind the number.
///
/// @param errno positive; 0 for success
/// @param kernelMessage the kernel's sentence
/// @param offset the place in the request that the kernel refused; -1 when the kernel names none
record ErrorReply(int errno, @Nullable String kernelMessage, int offset) {
    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int NLMSGERR_ATTR_OFFS = 2;
    private static final int NLMSGERR_SIZE = 4 + NetlinkMessage.HEADER_SIZE;

    static ErrorReply ofError(NetlinkMessage message) throws MalformedMessageException {
        if (message.payload().remaining() < 4) {
            throw new MalformedMessageException(
                    "netlink error: " + message.payload().remaining() + " bytes");
        }
        int echoed = NLMSGERR_SIZE;
        if (!message.has(NLM_F_CAPPED) && message.payload().remaining() >= 8) {
            echoed = 4 + Math.max(message.payload().getInt(4), NetlinkMessage.HEADER_SIZE);
        }
        return of(message, echoed);
    }

    static ErrorReply ofDone(NetlinkMessage message) {
        // Route netlink's older dumps end without a number.
        return message.payload().remaining() < 4 ? new ErrorReply(0, null, -1) : of(message, 4);
    }

    private static ErrorReply of(NetlinkMessage message, int attributesAt) {
        int error = message.payload().getInt(0);
        // Math.abs would keep Integer.MIN_VALUE, which is then an unknown error like any other.
        int errno = error < 0 ? -error : error;
        String text = null;
        int offset = -1;
        if (message.has(NLM_F_ACK_TLVS)) {
            try {
                AttributeReader attributes =
                        AttributeReader.inNativeOrder(message.payload(), attributesAt, "extended acknowledgement");
                while (attributes.next()) {
                    if (attributes.type() == NLMSGERR_ATTR_MSG) {
                        text = attributes.string();
                    } else if (attributes.type() == NLMSGERR_ATTR_OFFS) {
                        offset = attributes.u32();
                    }
                }
            } catch (MalformedMessageException _) {
                // The error number matters; a garbled text about it must not hide it.
            }
        }
        return new ErrorReply(errno, text, offset);
    }
}
