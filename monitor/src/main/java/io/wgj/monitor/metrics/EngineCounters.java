// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import java.util.List;

/// Reads what `wgj engine` counts. Thread-safe, and never waits for long.
@FunctionalInterface
public interface EngineCounters {
    /// The statistics of the engine behind a userspace device; none for other engines, and for one that does not
    /// answer.
    List<EngineStat> of(DeviceName device);
}
