// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// A next hop of a [FibRoute], with what the kernel says about its state.
///
/// @param gateway empty when the destination is on the link; may be IPv6 for an IPv4 destination
/// @param device the name of the link; empty for routes that drop packets
/// @param dead whether the kernel does not use it (`RTNH_F_DEAD`)
/// @param linkDown whether its link has no carrier (`RTNH_F_LINKDOWN`)
/// @param onLink whether the gateway counts as reachable though no address of the link covers it
public record FibNextHop(
        Optional<IpAddress> gateway, Optional<String> device, boolean dead, boolean linkDown, boolean onLink) {
    /// A usable next hop.
    public FibNextHop(Optional<IpAddress> gateway, String device) {
        this(gateway, Optional.of(device), false, false, false);
    }
}
