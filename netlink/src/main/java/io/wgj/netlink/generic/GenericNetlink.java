// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.generic;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.MessageHandler;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.util.OptionalInt;

/// Finds families by name: the kernel assigns their message types when it loads their modules
/// (linux/genetlink.h).
public final class GenericNetlink {
    /// `struct genlmsghdr`, 4 bytes: 0 u8 cmd, 1 u8 version, 2 u16 reserved.
    public static final int HEADER_SIZE = 4;

    private static final int GENL_ID_CTRL = 0x10;
    private static final int CTRL_CMD_GETFAMILY = 3;
    private static final int CTRL_ATTR_FAMILY_ID = 1;
    private static final int CTRL_ATTR_FAMILY_NAME = 2;
    private static final int VERSION = 1;

    private GenericNetlink() {}

    /// The fixed header of a command.
    public static byte[] header(int command, int version) {
        return new byte[] {(byte) command, (byte) version, 0, 0};
    }

    /// The message type of the family called `name`; empty when the kernel has no such family, not even in a
    /// module that it could load.
    public static OptionalInt familyId(NetlinkConnection connection, String name) throws NetlinkException {
        AttributeWriter request = AttributeWriter.inNativeOrder()
                .header(header(CTRL_CMD_GETFAMILY, VERSION))
                .string(CTRL_ATTR_FAMILY_NAME, name);
        FamilyReader reader = new FamilyReader();
        try {
            connection.request("look up family " + name, GENL_ID_CTRL, 0, request.payload(), reader);
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return OptionalInt.empty();
            }
            throw e;
        }
        return reader.id == 0 ? OptionalInt.empty() : OptionalInt.of(reader.id);
    }

    private static final class FamilyReader implements MessageHandler {
        private int id;

        @Override
        public void accept(NetlinkMessage message) throws MalformedMessageException {
            AttributeReader attributes =
                    AttributeReader.inNativeOrder(message.payload(), HEADER_SIZE, "generic netlink family");
            while (attributes.next()) {
                if (attributes.type() == CTRL_ATTR_FAMILY_ID) {
                    id = attributes.u16();
                }
            }
        }
    }
}
