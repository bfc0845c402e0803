// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.DeviceSource;

/// A WireGuard interface of this network namespace.
///
/// @param index of its link
public record FoundInterface(int index, DeviceName name, DeviceSource source) {}
