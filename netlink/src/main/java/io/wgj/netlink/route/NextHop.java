// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.Optional;

/// One way of several (`RTA_MULTIPATH`).
///
/// @param gateway empty when the destination is on the link
/// @param device the name of the link; empty when the kernel finds it by the gateway
/// @param weight 1 to 256
public record NextHop(Optional<NetworkAddress> gateway, Optional<String> device, int weight) {}
