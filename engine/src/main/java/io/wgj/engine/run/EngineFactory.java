// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.SystemException;

/// Starts engines. The seam between the process and the data path.
@FunctionalInterface
public interface EngineFactory {
    /// Starts work that takes a while and needs neither privileges nor the interface, beside what the caller
    /// does until [#start]. Optional.
    default void prepare() {}

    /// Creates the interface and everything behind it, down and without a configuration. When it throws,
    /// nothing is left.
    ///
    /// @throws SystemException for a failed call on the TUN device or a socket; [StartFailure] makes a
    ///     sentence of it
    /// @throws DeviceException for a failure of another kind
    EngineHandle start(EngineConfig config) throws SystemException, DeviceException;
}
