// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.net.IpPrefix;
import java.util.List;

/// A link of the host.
///
/// @param name up to 15 bytes, one a char
/// @param mtu in bytes
/// @param broadcast whether it is a network of several hosts (`IFF_BROADCAST`), so that a route needs a
///     gateway
/// @param addresses its addresses with their host bits
/// @param generated those of them that the kernel added when the link was set up: link-local ones
public record HostLink(String name, int mtu, boolean broadcast, List<IpPrefix> addresses, List<IpPrefix> generated) {
    public HostLink {
        addresses = List.copyOf(addresses);
        generated = List.copyOf(generated);
    }

    /// A link without addresses of the kernel's.
    public HostLink(String name, int mtu, boolean broadcast, List<IpPrefix> addresses) {
        this(name, mtu, broadcast, addresses, List.of());
    }
}
