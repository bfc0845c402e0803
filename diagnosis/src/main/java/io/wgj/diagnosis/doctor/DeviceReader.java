// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;

/// Reads one WireGuard interface.
@FunctionalInterface
public interface DeviceReader {
    /// Its state now.
    DeviceState read() throws DeviceException;
}
