// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import io.wgj.config.net.DeviceName;
import java.util.function.IntConsumer;

/// One WireGuard interface, wherever it runs: in the kernel, behind a UAPI socket, or in this process.
public interface WireGuardDevice extends AutoCloseable {
    /// The name that it was opened by.
    DeviceName name();

    /// The whole state of the device, peers in its own order.
    DeviceState read() throws DeviceException;

    /// Changes only what `update` mentions, in its order. A large update may take several messages, so its first
    /// peers may stay changed after a failure.
    void apply(DeviceUpdate update) throws DeviceException;

    /// The same, for a caller that shows progress.
    ///
    /// @param sent receives how many peers of the update were sent, each time that some were; never when the
    ///     device takes an update as a whole
    default void apply(DeviceUpdate update, IntConsumer sent) throws DeviceException {
        apply(update);
    }

    @Override
    void close();
}
