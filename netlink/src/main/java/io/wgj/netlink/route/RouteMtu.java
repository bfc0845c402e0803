// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

/// The MTU of a route (`RTAX_MTU`).
///
/// @param bytes 32 bits unsigned
/// @param locked whether path MTU discovery may not change it (`RTAX_LOCK`)
public record RouteMtu(int bytes, boolean locked) {}
