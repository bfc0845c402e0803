// SPDX-License-Identifier: Apache-2.0
/// Withdraws the routes of peers that are down, and restores them when the peers are up. `RouteService`, the
/// type to start from, decides when; `io.wgj.quick.run.PeerRouteRun` decides which routes, and changes them.
/// Knows nothing of how a peer's state is found.
@NullMarked
package io.wgj.monitor.routes;

import org.jspecify.annotations.NullMarked;
