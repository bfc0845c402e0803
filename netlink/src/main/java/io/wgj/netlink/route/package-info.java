// SPDX-License-Identifier: Apache-2.0
/// Links and addresses over route netlink. Start from [RouteNetlink]; the records [Link] and [InterfaceAddress] are
/// what
/// it lists and takes. Knows nothing of WireGuard but that a link may be of that kind.
@NullMarked
package io.wgj.netlink.route;

import org.jspecify.annotations.NullMarked;
