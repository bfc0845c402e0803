// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The links of this network namespace, and which of them the kernel's WireGuard drives.
interface KernelLinks {
    /// `rtnl_link_ops.kind` of drivers/net/wireguard/device.c.
    String WIREGUARD = "wireguard";

    /// The WireGuard links in the order of their indices.
    List<DeviceName> wireGuard() throws DeviceException;

    /// The driver of the link called `name`, such as `wireguard` or `tun`; the empty string for a link that names
    /// none, such as `lo` or a network card; empty when there is no such link.
    Optional<String> kind(DeviceName name) throws DeviceException;

    /// Reads links by route netlink, which needs no privilege.
    final class OfThisNamespace implements KernelLinks {
        @Override
        public List<DeviceName> wireGuard() throws DeviceException {
            List<DeviceName> names = new ArrayList<>();
            try (RouteNetlink netlink = RouteNetlink.open()) {
                for (Link link : netlink.links()) {
                    if (link.kind().isPresent() && link.kind().get().equals(WIREGUARD)) {
                        names.add(new DeviceName(link.name()));
                    }
                }
                return names;
            } catch (NetlinkException failure) {
                throw deviceException(failure);
            }
        }

        @Override
        public Optional<String> kind(DeviceName name) throws DeviceException {
            try (RouteNetlink netlink = RouteNetlink.open()) {
                Optional<Link> link = netlink.link(name.text());
                return link.isPresent() ? Optional.of(link.get().kind().orElse("")) : Optional.empty();
            } catch (NetlinkException failure) {
                throw deviceException(failure);
            }
        }

        private static DeviceException deviceException(NetlinkException failure) {
            return new DeviceException(
                    DeviceException.Reason.IO,
                    failure.errno().number(),
                    failure.detail().orElse(null),
                    failure);
        }
    }
}
