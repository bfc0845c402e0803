// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.device.DeviceException;

/// The UDP sockets as the configuration sees them.
public interface SocketPort {
    /// Listens on `port` for both families, instead of where it listened before. When it fails it listens
    /// where it did.
    ///
    /// @param port 1 to 65535, or 0 for one that is free
    /// @return the port, never 0
    /// @throws DeviceException with `EADDRINUSE` when somebody else has it
    int bind(int port) throws DeviceException;

    /// Marks all datagrams from now on, also after the next [#bind]; 0 for no mark. When it fails the old
    /// mark stays.
    ///
    /// @param mark 32 bits unsigned
    void mark(int mark) throws DeviceException;

    /// Stops listening.
    void unbind();
}
