// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpPrefix;

/// A label that guides the choice of IPv6 source addresses (RFC 6724; ip-addrlabel(8)).
///
/// @param prefix of the addresses
/// @param label 32 bits unsigned
/// @param linkIndex 0 for all links
public record AddressLabel(IpPrefix prefix, int label, int linkIndex) {}
