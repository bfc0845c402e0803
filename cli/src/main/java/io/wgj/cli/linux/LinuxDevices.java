// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.wireguard.KernelDevice;
import java.util.ArrayList;
import java.util.List;

/// Where devices are looked up: sockets of userspace implementations come before the kernel, as for `wg`, with one
/// difference. All network namespaces share the folder of the sockets, so a socket may bear the name of a WireGuard
/// link of this namespace and belong to another one: then the link is meant.
final class LinuxDevices implements DeviceCatalog {
    private final KernelLinks links;
    private final UapiSockets sockets;

    LinuxDevices(KernelLinks links, UapiSockets sockets) {
        this.links = links;
        this.sockets = sockets;
    }

    @Override
    public List<DeviceName> list() throws DeviceException {
        List<DeviceName> names = new ArrayList<>(links.wireGuard());
        int kernel = names.size();
        for (DeviceName name : sockets.list()) {
            if (!names.subList(0, kernel).contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public WireGuardDevice openToRead(DeviceName name) throws DeviceException {
        // The kernel is asked about links only when there is a socket: most machines have none.
        boolean userspace = sockets.exists(name) && !links.isWireGuard(name);
        return userspace ? sockets.open(name) : new KernelDevice(name);
    }

    @Override
    public WireGuardDevice openToWrite(DeviceName name) throws DeviceException {
        return openToRead(name.truncated());
    }
}
