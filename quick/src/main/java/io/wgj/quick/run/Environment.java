// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.InterfaceName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a run takes from the process around it.
public interface Environment {
    /// The device called `link`, to be read and changed, in the kernel or behind a socket.
    WireGuardDevice device(InterfaceName link) throws DeviceException;

    /// The value of an environment variable, a byte a char; empty when unset or empty.
    Optional<String> variable(String name);

    /// The words that start our own engine in the background, the interface's name to be appended; empty when
    /// the build has none.
    List<String> ownEngine();

    /// Whether our own engine is wanted even where the kernel has WireGuard, or where another implementation is named.
    default boolean wantsOwnEngine() {
        return false;
    }

    /// How long one hook may take; empty for as long as it likes.
    Optional<Duration> hookTimeout();
}
