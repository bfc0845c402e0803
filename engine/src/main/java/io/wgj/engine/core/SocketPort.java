// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.device.DeviceException;

/// The UDP sockets as the configuration sees them.
public interface SocketPort {
    /// Listens on `port` for both families, in place of the former port. After a failure it still listens on
    /// the former one.
    ///
    /// @param port 1 to 65535, or 0 for one that is free
    /// @return the port, never 0
    /// @throws DeviceException with `EADDRINUSE` when the port is in use
    int bind(int port) throws DeviceException;

    /// Marks all datagrams from now on, also after the next [#bind]; 0 for no mark. After a failure the old
    /// mark stays.
    ///
    /// @param mark 32 bits unsigned
    void mark(int mark) throws DeviceException;

    /// Stops listening.
    void unbind();
}
