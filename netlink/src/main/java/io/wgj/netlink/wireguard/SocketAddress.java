// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Encodes endpoints as C's socket addresses (linux/in.h, linux/in6.h): the family in native order, the port and
/// the address in network order, the scope in native order.
///
///     struct sockaddr_in, 16 bytes:    0 u16 family   2 be16 port   4 be32 addr       8 zeros
///     struct sockaddr_in6, 28 bytes:   0 u16 family   2 be16 port   4 be32 flowinfo   8 addr   24 u32 scope_id
final class SocketAddress {
    private static final int SOCKADDR_IN_SIZE = 16;
    private static final int SOCKADDR_IN6_SIZE = 28;

    private SocketAddress() {}

    static byte[] encode(Endpoint.Numeric endpoint) {
        IpAddress address = endpoint.address();
        boolean v6 = address.family() == IpFamily.V6;
        byte[] bytes = new byte[v6 ? SOCKADDR_IN6_SIZE : SOCKADDR_IN_SIZE];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        out.putShort((short) address.family().number()).order(ByteOrder.BIG_ENDIAN);
        out.putShort((short) endpoint.port());
        if (v6) {
            out.putInt(0).putLong(address.high()).putLong(address.low());
            out.order(ByteOrder.nativeOrder()).putInt(endpoint.scopeId());
        } else {
            out.putInt((int) address.low());
        }
        return bytes;
    }

    /// The endpoint in the current attribute; null for another family or length.
    static Endpoint.@Nullable Numeric decode(AttributeReader attribute) throws MalformedMessageException {
        int length = attribute.length();
        if (length == SOCKADDR_IN_SIZE && attribute.u16(0) == IpFamily.V4.number()) {
            return new Endpoint.Numeric(attribute.address(IpFamily.V4, 4), attribute.network16(2));
        }
        if (length == SOCKADDR_IN6_SIZE && attribute.u16(0) == IpFamily.V6.number()) {
            IpAddress address = attribute.address(IpFamily.V6, 8);
            return new Endpoint.Numeric(address, attribute.network16(2), attribute.u32(24));
        }
        return null;
    }
}
