// SPDX-License-Identifier: Apache-2.0
/// Sets endpoints of peers: those of names that have other addresses now (`ReresolveEndpoint`), and those that
/// a peer must not have (`AllowedSources`). Start from `ReresolveService` and `SourceService`. Nothing else
/// sets an endpoint in the monitor, and these set no other one.
@NullMarked
package io.wgj.monitor.endpoints;

import org.jspecify.annotations.NullMarked;
