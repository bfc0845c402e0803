// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkAddress;
import io.wgj.netlink.route.NetworkPrefix;
import java.util.Optional;

/// Addresses as `config` and as route netlink have them, which know nothing of each other.
public final class Prefixes {
    private static final int IPV4_BITS = 32;
    private static final int FIRST_BYTE = 24;

    private Prefixes() {}

    public static NetworkAddress toNetlink(IpAddress address) {
        return new NetworkAddress(address.v6(), address.high(), address.low());
    }

    public static NetworkPrefix toNetlink(IpPrefix prefix) {
        return new NetworkPrefix(toNetlink(prefix.address()), prefix.length());
    }

    /// Whether the kernel may have made the address by itself (`fe80::/10`).
    public static boolean isLinkLocal(IpAddress address) {
        return address.v6() && address.high() >>> 54 == 0xfe80 >>> 6;
    }

    /// The network for which the kernel adds a route to the main table when a link has the address and is up.
    /// None for a lone IPv4 address, and none in 0.0.0.0/8 (`fib_add_ifaddr`).
    public static Optional<NetworkPrefix> connected(IpPrefix address) {
        NetworkPrefix network = toNetlink(address.masked());
        boolean added = network.v6()
                || network.length() < IPV4_BITS && network.address().low() >>> FIRST_BYTE != 0;
        return added ? Optional.of(network) : Optional.empty();
    }
}
