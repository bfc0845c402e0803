// SPDX-License-Identifier: Apache-2.0
/// Simulates two WireGuard peers on bad networks and compares what the machines of both ends say with the
/// truth. Start from `Scenario` and `Simulation`. Repeats the runs of the prototype that the specification's
/// figures come from, number for number.
@NullMarked
package io.wgj.monitor.liveness.sim;

import org.jspecify.annotations.NullMarked;
