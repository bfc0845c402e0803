// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

/// The number of an IPv4 or IPv6 address, in the shape that `config`'s addresses have, which this package does not
/// know.
///
/// @param v6 whether it is an IPv6 address
/// @param high the first eight bytes of an IPv6 address, big-endian; zero for IPv4
/// @param low the last eight bytes of an IPv6 address; the four bytes of an IPv4 address in the low half
public record NetworkAddress(boolean v6, long high, long low) {}
