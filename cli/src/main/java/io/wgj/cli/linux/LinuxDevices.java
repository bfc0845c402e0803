// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.wireguard.KernelDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks devices up. Sockets of userspace implementations come before the kernel, as for `wg`, with one
/// difference. All network namespaces share the folder of the sockets, so a socket may have the name of a
/// WireGuard link of this namespace and belong to another one. Then the link is used.
final class LinuxDevices implements DeviceCatalog {
    /// The driver of the interfaces that userspace implementations make.
    private static final String TUN = "tun";

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
        boolean userspace = sockets.exists(name) && !isWireGuard(name);
        return userspace ? sockets.open(name) : new KernelDevice(name);
    }

    @Override
    public WireGuardDevice openToWrite(DeviceName name) throws DeviceException {
        return openToRead(name.truncated());
    }

    private boolean isWireGuard(DeviceName name) throws DeviceException {
        return KernelLinks.WIREGUARD.equals(links.kind(name).orElse(""));
    }

    @Override
    public DeviceException examine(DeviceName name, DeviceException failure) {
        boolean dependsOnTheKernel = failure.errno() == Errno.EPROTONOSUPPORT
                || failure.errno() == Errno.EOPNOTSUPP
                || failure.errno() == Errno.EPERM
                || failure.errno() == Errno.ENAMETOOLONG;
        if (!dependsOnTheKernel || sockets.exists(name)) {
            return failure;
        }
        if (failure.errno() == Errno.ENAMETOOLONG) {
            return new DeviceException(Reason.NOT_FOUND, Errno.ENAMETOOLONG, null, failure);
        }
        try {
            Optional<String> driver = links.kind(name);
            return driver.isPresent()
                    ? examine(name, driver.get(), failure)
                    : new DeviceException(Reason.NOT_FOUND, Errno.ENODEV, null, failure);
        } catch (DeviceException _) {
            return failure;
        }
    }

    /// @param driver of the link that has the name
    private DeviceException examine(DeviceName name, String driver, DeviceException failure) {
        if (driver.equals(KernelLinks.WIREGUARD)) {
            return failure;
        }
        if (!driver.equals(TUN)) {
            String detail = driver.isEmpty() ? null : "a " + driver + " interface";
            return new DeviceException(Reason.NOT_WIREGUARD, Errno.EOPNOTSUPP, detail, failure);
        }
        if (!sockets.areVisible()) {
            // It may be a userspace device, but this user cannot see the sockets.
            return new DeviceException(Reason.NOT_PERMITTED, Errno.EACCES, null, failure);
        }
        String detail = "a TUN interface; no userspace implementation listens on " + sockets.pathOf(name);
        return new DeviceException(Reason.NOT_WIREGUARD, Errno.EOPNOTSUPP, detail, failure);
    }
}
