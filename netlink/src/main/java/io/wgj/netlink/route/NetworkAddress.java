// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.MalformedMessageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The number of an IPv4 or IPv6 address, in the shape that `config`'s addresses have, which this package does not
/// know.
///
/// @param v6 whether it is an IPv6 address
/// @param high the first eight bytes of an IPv6 address, big-endian; zero for IPv4
/// @param low the last eight bytes of an IPv6 address; the four bytes of an IPv4 address in the low half
public record NetworkAddress(boolean v6, long high, long low) {
    private static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /// `AF_INET` or `AF_INET6`.
    int family() {
        return family(v6);
    }

    /// Whether the number is one of the two.
    static boolean isFamily(int number) {
        return number == AF_INET || number == AF_INET6;
    }

    static boolean isV6(int family) {
        return family == AF_INET6;
    }

    static int family(boolean v6) {
        return v6 ? AF_INET6 : AF_INET;
    }

    void encode(AttributeWriter message, int type) {
        if (v6) {
            message.network128(type, high, low);
        } else {
            message.network32(type, (int) low);
        }
    }

    /// The current attribute as an address of `family`; null when it has another length, or the family is neither.
    static @Nullable NetworkAddress decode(AttributeReader attribute, int family) throws MalformedMessageException {
        if (family == AF_INET && attribute.length() == 4) {
            return new NetworkAddress(false, 0, attribute.network32(0) & 0xffff_ffffL);
        }
        if (family == AF_INET6 && attribute.length() == 16) {
            return new NetworkAddress(true, attribute.network64(0), attribute.network64(8));
        }
        return null;
    }

    /// The current attribute as `struct rtvia` (linux/rtnetlink.h), u16 family and an address of it; empty for other
    /// families and lengths.
    static Optional<NetworkAddress> decodeVia(AttributeReader attribute) throws MalformedMessageException {
        int family = attribute.u16(0);
        if (family == AF_INET && attribute.length() == 6) {
            return Optional.of(new NetworkAddress(false, 0, attribute.network32(2) & 0xffff_ffffL));
        }
        if (family == AF_INET6 && attribute.length() == 18) {
            return Optional.of(new NetworkAddress(true, attribute.network64(2), attribute.network64(10)));
        }
        return Optional.empty();
    }
}
