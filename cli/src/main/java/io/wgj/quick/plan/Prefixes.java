// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.NetworkAddress;
import io.wgj.netlink.route.NetworkPrefix;

/// Addresses as `config` and as route netlink have them, which know nothing of each other.
final class Prefixes {
    private Prefixes() {}

    static NetworkAddress toNetlink(IpAddress address) {
        return new NetworkAddress(address.v6(), address.high(), address.low());
    }

    static NetworkPrefix toNetlink(IpPrefix prefix) {
        return new NetworkPrefix(toNetlink(prefix.address()), prefix.length());
    }

    /// Whether the kernel may have made the address by itself (`fe80::/10`).
    static boolean isLinkLocal(IpAddress address) {
        return address.v6() && address.high() >>> 54 == 0xfe80 >>> 6;
    }
}
