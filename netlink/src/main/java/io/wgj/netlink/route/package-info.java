// SPDX-License-Identifier: Apache-2.0
/// Lists and changes links, addresses, routes and rules over route netlink, and reads and writes the last two
/// in ip(8)'s syntax. Start from [RouteNetlink]; it lists and takes the records [Link], [InterfaceAddress],
/// [Route] and [PolicyRule], and [IpRouteSyntax] and [IpRuleSyntax] are their text. Knows nothing of
/// WireGuard except that a link may be of that kind.
@NullMarked
package io.wgj.netlink.route;

import org.jspecify.annotations.NullMarked;
