// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The interfaces of the calling thread's network namespace. All namespaces share the folder of UAPI sockets: a
/// socket counts when a link of this namespace has its name and is not driven by the kernel's WireGuard.
final class LinuxInterfaces implements InterfaceFinder {
    /// `rtnl_link_ops.kind` of drivers/net/wireguard/device.c.
    private static final String WIREGUARD = "wireguard";

    private final UapiSockets sockets;
    private final RouteNetlink netlink;
    /// The links whose sockets have answered: they are not asked again as long as they last.
    private Set<FoundInterface> answered = Set.of();

    private LinuxInterfaces(UapiSockets sockets, RouteNetlink netlink) {
        this.sockets = sockets;
        this.netlink = netlink;
    }

    static LinuxInterfaces open(UapiSockets sockets) throws NetlinkException {
        return new LinuxInterfaces(sockets, RouteNetlink.open());
    }

    @Override
    public List<FoundInterface> find() throws IOException {
        List<Link> links = links();
        Set<String> names = sockets();
        List<FoundInterface> found = new ArrayList<>();
        Set<FoundInterface> userspace = new HashSet<>();
        for (Link link : links) {
            DeviceName name = new DeviceName(link.name());
            if (link.kind().isPresent() && link.kind().get().equals(WIREGUARD)) {
                found.add(new FoundInterface(link.index(), name, DeviceSource.KERNEL));
            } else {
                FoundInterface one = new FoundInterface(link.index(), name, DeviceSource.USERSPACE);
                if (answered.contains(one) || names.contains(link.name()) && sockets.exists(name)) {
                    found.add(one);
                    userspace.add(one);
                }
            }
        }
        answered = userspace;
        return found;
    }

    private List<Link> links() throws IOException {
        try {
            return netlink.links();
        } catch (NetlinkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private Set<String> sockets() throws IOException {
        try {
            return new HashSet<>(sockets.names());
        } catch (DeviceException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        netlink.close();
    }
}
