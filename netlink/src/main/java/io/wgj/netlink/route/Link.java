// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// A link of this network namespace.
///
/// @param index its number, which all other messages use
/// @param name up to 15 bytes, one a char
/// @param kind `wireguard`, `veth`, …; empty for links without one, such as hardware and loopback
/// @param type `ARPHRD_` number: 772 loopback, 65534 none
/// @param flags `IFF_` bits
/// @param mtu in bytes; 0 when the kernel did not send it
public record Link(int index, String name, Optional<String> kind, int type, int flags, int mtu) {
    static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 8;
    static final int IFF_LOWER_UP = 1 << 16;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_AF_SPEC = 26;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_GSO_MAX_SEGS = 40;
    static final int IFLA_INFO_KIND = 1;
    /// Inside `IFLA_AF_SPEC`, in the nest of IPv6: how the link gets its link-local address; 1 for none.
    static final int IFLA_INET6_ADDR_GEN_MODE = 8;

    static final int IN6_ADDR_GEN_MODE_NONE = 1;

    /// `struct ifinfomsg` (linux/rtnetlink.h), 16 bytes, native order.
    ///
    ///     0 u8 family   1 u8 pad   2 u16 type   4 s32 index   8 u32 flags   12 u32 change (which flags count)
    static final int HEADER_SIZE = 16;

    /// Whether the link is switched on; it may still lack a carrier.
    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }

    /// Whether it is `lo` or its like.
    public boolean isLoopback() {
        return (flags & IFF_LOOPBACK) != 0;
    }

    /// Whether the link is switched on and has a carrier. A TUN link has one while a process holds a queue of
    /// it.
    public boolean isRunning() {
        return isUp() && (flags & IFF_LOWER_UP) != 0;
    }

    static byte[] header(int index, int flags, int change) {
        byte[] header = new byte[HEADER_SIZE];
        ByteBuffer out = ByteBuffer.wrap(header).order(ByteOrder.nativeOrder());
        out.putInt(4, index).putInt(8, flags).putInt(12, change);
        return header;
    }

    static Link decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, HEADER_SIZE, "link");
        String name = "";
        String kind = null;
        int mtu = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.string();
                case IFLA_MTU -> mtu = attributes.u32();
                case IFLA_LINKINFO -> {
                    attributes.enter();
                    while (attributes.next()) {
                        if (attributes.type() == IFLA_INFO_KIND) {
                            kind = attributes.string();
                        }
                    }
                    attributes.leave();
                }
                default -> {}
            }
        }
        int at = in.position();
        return new Link(
                in.getInt(at + 4),
                name,
                Optional.ofNullable(kind),
                in.getShort(at + 2) & 0xffff,
                in.getInt(at + 8),
                mtu);
    }
}
