// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// One way of several (`RTA_MULTIPATH`).
///
/// @param gateway empty when the destination is on the link
/// @param device the name of the link; empty when the kernel finds it by the gateway
/// @param weight 1 to 256
/// @param onLink whether the gateway is taken for reachable though no address says so
public record NextHop(Optional<IpAddress> gateway, Optional<String> device, int weight, boolean onLink) {
    /// One whose gateway an address of the link leads to.
    public NextHop(Optional<IpAddress> gateway, Optional<String> device, int weight) {
        this(gateway, device, weight, false);
    }
}
