// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.InterfaceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a run needs from its process: devices, environment variables, and the engine's command.
public interface Environment {
    /// Opens the device called `link`, in the kernel or over its UAPI socket.
    WireGuardDevice device(InterfaceName link) throws DeviceException;

    /// The value of an environment variable, a byte a char; empty when unset or empty.
    Optional<String> variable(String name);

    /// The words that start our own engine in the background, to which the interface's name is appended;
    /// empty when the build has no engine.
    List<String> ownEngine();

    /// Whether our own engine is wanted even if the kernel has WireGuard or another implementation is named.
    default boolean wantsOwnEngine() {
        return false;
    }

    /// The time limit of one hook; empty for none.
    Optional<Duration> hookTimeout();
}
