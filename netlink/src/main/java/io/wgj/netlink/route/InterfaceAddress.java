// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An address on a link.
///
/// @param linkIndex the link
/// @param prefix the link's own address, not the far end of a point-to-point address, and its length
/// @param scope `RT_SCOPE_` number: 0 universe, 253 link, 254 host
/// @param flags `IFA_F_` bits; read only
/// @param protocol the `IFAPROT_` number of the address's creator, 0 when unknown; read only, from kernel
///     5.18 on
public record InterfaceAddress(int linkIndex, IpPrefix prefix, int scope, int flags, int protocol) {
    /// Created by the kernel when the link was switched on (linux/if_addr.h, `IFAPROT_KERNEL_LL`).
    private static final int PROTOCOL_KERNEL_LINK_LOCAL = 2;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_PROTO = 11;
    /// Set on addresses that the kernel creates from random or stable bits; the kernel refuses it from user
    /// space.
    private static final int IFA_F_STABLE_PRIVACY = 0x800;

    /// `struct ifaddrmsg` (linux/if_addr.h), 8 bytes, native order.
    ///
    ///     0 u8 family   1 u8 prefixlen   2 u8 flags   3 u8 scope   4 u32 index
    private static final int HEADER_SIZE = 8;

    /// An address as `ip address add` adds it: of universal scope.
    public InterfaceAddress(int linkIndex, IpPrefix prefix) {
        this(linkIndex, prefix, 0, 0, 0);
    }

    /// The address without its length.
    public IpAddress address() {
        return prefix.address();
    }

    /// Whether the kernel created the address when the link was switched on: a flag that only the kernel can
    /// set, or the address's protocol, says so.
    public boolean isGenerated() {
        return (flags & IFA_F_STABLE_PRIVACY) != 0 || protocol == PROTOCOL_KERNEL_LINK_LOCAL;
    }

    /// The payload that adds or deletes the address, which is its own far end.
    void encode(AttributeWriter message) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.nativeOrder());
        header.put((byte) prefix.family().number())
                .put((byte) prefix.length())
                .put((byte) 0)
                .put((byte) scope);
        header.putInt(linkIndex);
        message.header(header.array());
        message.address(IFA_LOCAL, address()).address(IFA_ADDRESS, address());
    }

    /// The header that asks for all addresses of both families.
    static byte[] anyHeader() {
        return new byte[HEADER_SIZE];
    }

    /// The header that asks for the addresses of one link, in both families. Kernels before 4.20 send all.
    static byte[] headerOf(int linkIndex) {
        return ByteBuffer.allocate(HEADER_SIZE)
                .order(ByteOrder.nativeOrder())
                .putInt(4, linkIndex)
                .array();
    }

    /// Empty for a family other than IPv4 and IPv6.
    static Optional<InterfaceAddress> decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer in = message.payload();
        AttributeReader attributes = AttributeReader.inNativeOrder(in, HEADER_SIZE, "address");
        int at = in.position();
        Optional<IpFamily> family = IpFamily.of(in.get(at) & 0xff);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        int flags = in.get(at + 2) & 0xff;
        int protocol = 0;
        @Nullable IpAddress local = null;
        @Nullable IpAddress farEnd = null;
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFA_LOCAL -> local = attributes.address(family.get());
                case IFA_ADDRESS -> farEnd = attributes.address(family.get());
                case IFA_FLAGS -> flags = attributes.u32();
                case IFA_PROTO -> protocol = attributes.u8();
                default -> {}
            }
        }
        // IPv6 has a local address only beside a far end.
        IpAddress own = local == null ? farEnd : local;
        if (own == null) {
            return Optional.empty();
        }
        IpPrefix prefix = RouteCodec.prefix(family.get(), own, in.get(at + 1) & 0xff, "address");
        int scope = in.get(at + 3) & 0xff;
        return Optional.of(new InterfaceAddress(in.getInt(at + 4), prefix, scope, flags, protocol));
    }
}
