// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import java.util.List;

/// A device of a userspace implementation. When that is wgj's own engine, it has options and statistics
/// beyond the common protocol.
public interface UserspaceDevice extends WireGuardDevice {
    /// Sends a request with options of wgj's own engine. Any other engine refuses it whole, unless there are
    /// none.
    void apply(SetRequest request) throws DeviceException;

    /// The statistics of wgj's own engine; `EPROTO` from any other.
    List<EngineStat> stats() throws DeviceException;

    /// What wgj's own engine knows about packets that were lost; `EPROTO` from any other.
    default EngineProblems problems() throws DeviceException {
        throw UapiErrors.malformed("only wgj's own engine answers this");
    }

    /// Sets how much wgj's own engine logs: `verbose`, `error` or `silent`.
    default void setLogLevel(String level) throws DeviceException {
        throw UapiErrors.malformed("only wgj's own engine answers this");
    }
}
