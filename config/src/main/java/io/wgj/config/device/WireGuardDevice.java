// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.net.DeviceName;

/// One WireGuard interface, wherever it runs: in the kernel, behind a UAPI socket, or in this process.
public interface WireGuardDevice extends AutoCloseable {
    /// The name that it was opened by.
    DeviceName name();

    /// The whole state of the device, peers in its own order.
    DeviceState read() throws DeviceException;

    /// Changes only what `update` mentions, in its order. A large update may take several messages, so its first
    /// peers may stay changed after a failure.
    void apply(DeviceUpdate update) throws DeviceException;

    @Override
    void close();
}
