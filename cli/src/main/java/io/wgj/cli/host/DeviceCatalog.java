// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import java.util.List;

/// The WireGuard devices of the machine, wherever they run.
public interface DeviceCatalog {
    /// Kernel devices in the order of their indices, then the sockets of userspace implementations as their
    /// directory lists them.
    List<DeviceName> list() throws DeviceException;

    /// The device to read. A name too long for a kernel device fails here or on reading.
    WireGuardDevice openToRead(DeviceName name) throws DeviceException;

    /// The device to change. The name is cut to 15 bytes first, as `wg` does.
    WireGuardDevice openToWrite(DeviceName name) throws DeviceException;

    /// Why `name` could not be read or changed: `failure` itself, unless the system's links tell more. The
    /// kernel's answer depends on whether its module is loaded and on the caller's rights; this one does not. A
    /// missing interface is [DeviceException.Reason#NOT_FOUND], one of another kind
    /// [DeviceException.Reason#NOT_WIREGUARD].
    DeviceException examine(DeviceName name, DeviceException failure);
}
