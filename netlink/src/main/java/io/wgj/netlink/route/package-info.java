// SPDX-License-Identifier: Apache-2.0
/// Links, addresses, routes and rules over route netlink. Start from [RouteNetlink]; the records [Link],
/// [InterfaceAddress], [Route] and [PolicyRule] are what it is about, [RouteWords] and [RuleWords] the latter two in
/// the words of ip(8). Knows nothing of WireGuard but that a link may be of that kind.
@NullMarked
package io.wgj.netlink.route;

import org.jspecify.annotations.NullMarked;
