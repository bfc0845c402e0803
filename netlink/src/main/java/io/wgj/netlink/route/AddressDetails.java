// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpPrefix;

/// An address on a link, with the subnet of its far end.
///
/// @param address the link's own address
/// @param subnet what is reached through it: of the far end where the address is point-to-point
public record AddressDetails(InterfaceAddress address, IpPrefix subnet) {}
