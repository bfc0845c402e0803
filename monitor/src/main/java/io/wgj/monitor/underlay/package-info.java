// SPDX-License-Identifier: Apache-2.0
/// Whether encrypted packets can leave this host: start from [UnderlayService], which asks for the route to each
/// peer's endpoint when routing changes. [EndpointRoutes] is its port to the kernel. Knows no peer's traffic.
@NullMarked
package io.wgj.monitor.underlay;

import org.jspecify.annotations.NullMarked;
