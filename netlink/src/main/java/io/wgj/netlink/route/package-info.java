// SPDX-License-Identifier: Apache-2.0
/// Links, addresses, routes and rules over route netlink, and the words of ip(8) for the latter two. Start from
/// [RouteNetlink]; the records [Link], [InterfaceAddress], [Route] and [PolicyRule] are what it lists and takes,
/// and [IpRouteSyntax] and [IpRuleSyntax] turn text into the last two. Knows nothing of WireGuard but that a link
/// may be of that kind.
@NullMarked
package io.wgj.netlink.route;

import org.jspecify.annotations.NullMarked;
