// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import java.util.List;

/// A device of a userspace implementation, which may be our own engine: that one understands and tells more.
public interface UserspaceDevice extends WireGuardDevice {
    /// Sends a request with what only our own engine understands; any other refuses it whole, unless it has
    /// nothing of that.
    void apply(SetRequest request) throws DeviceException;

    /// What our own engine says beyond the common protocol; `EPROTO` from any other.
    List<EngineStat> stats() throws DeviceException;
}
