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

/// Which links of this network namespace the kernel's WireGuard drives.
interface KernelLinks {
    /// Those links in the order of their indices.
    List<DeviceName> wireGuard() throws DeviceException;

    /// Whether the link called `name` is one of them.
    boolean isWireGuard(DeviceName name) throws DeviceException;

    /// The links that route netlink tells; asking needs no privilege.
    final class OfThisNamespace implements KernelLinks {
        /// `rtnl_link_ops.kind` of drivers/net/wireguard/device.c.
        private static final String KIND = "wireguard";

        @Override
        public List<DeviceName> wireGuard() throws DeviceException {
            List<DeviceName> names = new ArrayList<>();
            try (RouteNetlink netlink = RouteNetlink.open()) {
                for (Link link : netlink.links()) {
                    if (isWireGuard(link)) {
                        names.add(new DeviceName(link.name()));
                    }
                }
                return names;
            } catch (NetlinkException failure) {
                throw deviceException(failure);
            }
        }

        @Override
        public boolean isWireGuard(DeviceName name) throws DeviceException {
            try (RouteNetlink netlink = RouteNetlink.open()) {
                Optional<Link> link = netlink.link(name.text());
                return link.isPresent() && isWireGuard(link.get());
            } catch (NetlinkException failure) {
                throw deviceException(failure);
            }
        }

        private static boolean isWireGuard(Link link) {
            return link.kind().isPresent() && link.kind().get().equals(KIND);
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
