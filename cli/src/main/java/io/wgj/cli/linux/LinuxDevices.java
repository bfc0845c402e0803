// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.Errno;
import java.util.List;

/// Devices behind sockets in the folder every userspace implementation uses.
final class LinuxDevices implements DeviceCatalog {
    private final UapiSockets sockets = new UapiSockets();

    @Override
    public List<DeviceName> list() throws DeviceException {
        return sockets.list();
    }

    @Override
    public WireGuardDevice openToRead(DeviceName name) throws DeviceException {
        return openToWrite(name);
    }

    @Override
    public WireGuardDevice openToWrite(DeviceName name) throws DeviceException {
        if (sockets.exists(name)) {
            return sockets.open(name);
        }
        throw new DeviceException(DeviceException.Reason.NOT_SUPPORTED, Errno.EPROTONOSUPPORT, null);
    }
}
