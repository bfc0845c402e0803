// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.SystemException;

/// Starts what moves the packets.
@FunctionalInterface
public interface EngineFactory {
    /// Begins, beside what the caller does until [#start], what takes a while and needs neither rights nor the
    /// interface. May be left out.
    default void prepare() {}

    /// Makes the interface and everything behind it, down and without a configuration. When it throws,
    /// nothing is left.
    ///
    /// @throws SystemException for a failed call on the TUN device or a socket; [StartFailure] makes a
    ///     sentence
    /// @throws DeviceException for a failure of another kind
    EngineHandle start(EngineConfig config) throws SystemException, DeviceException;
}
