// SPDX-License-Identifier: Apache-2.0
/// Links, addresses, routes and rules as the kernel's route netlink has them, and the words of ip(8) for the latter
/// two: [RouteWords] and [RuleWords] turn text into [Route] and [PolicyRule], the types to start from. Knows nothing of
/// WireGuard.
@NullMarked
package io.wgj.netlink.route;

import org.jspecify.annotations.NullMarked;
