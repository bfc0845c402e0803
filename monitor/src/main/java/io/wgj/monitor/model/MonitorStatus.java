// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import java.time.Instant;
import java.util.List;

/// All interfaces that the monitor follows, at one moment.
///
/// @param time of the wall clock
/// @param interfaces in the order of their names
public record MonitorStatus(Instant time, List<InterfaceStatus> interfaces) {
    /// Copies `interfaces`.
    public MonitorStatus {
        interfaces = List.copyOf(interfaces);
    }
}
