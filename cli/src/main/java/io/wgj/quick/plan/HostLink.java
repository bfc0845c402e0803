// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import java.util.List;

/// A link of the host.
///
/// @param name up to 15 bytes, one a char
/// @param mtu in bytes
/// @param broadcast whether it is a network of several hosts (`IFF_BROADCAST`), so that a route needs a gateway
/// @param addresses its own, host bits kept
public record HostLink(String name, int mtu, boolean broadcast, List<IpPrefix> addresses) {
    public HostLink {
        addresses = List.copyOf(addresses);
    }
}
