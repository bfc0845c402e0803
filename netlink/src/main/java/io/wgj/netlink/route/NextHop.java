// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// One of several next hops (`RTA_MULTIPATH`).
///
/// @param gateway empty when the destination is on the link
/// @param device the name of the link; empty when the kernel finds the link by the gateway
/// @param weight 1 to 256
/// @param onLink whether the gateway counts as reachable though no address of the link covers it
public record NextHop(Optional<IpAddress> gateway, Optional<String> device, int weight, boolean onLink) {
    /// A next hop whose gateway an address of the link covers.
    public NextHop(Optional<IpAddress> gateway, Optional<String> device, int weight) {
        this(gateway, device, weight, false);
    }
}
