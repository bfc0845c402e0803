// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import java.util.Optional;

/// The running kernel, over netlink and /proc.
final class LinuxKernel implements Kernel {
    private static final String MODULE = "/sys/module/wireguard";
    private static final String FAMILY = "wireguard";

    @Override
    public RouteNetlink routing() throws NetlinkException {
        return RouteNetlink.open();
    }

    @Override
    public Optional<Nftables> firewall() throws NetlinkException {
        return Nftables.open();
    }

    /// Asking for its netlink family loads the module, as creating a link does.
    @Override
    public boolean hasWireGuard() throws NetlinkException {
        try {
            NativeFile.status(MODULE);
            return true;
        } catch (SystemException _) {
            try (NetlinkConnection generic = NetlinkConnection.open(NetlinkConnection.NETLINK_GENERIC)) {
                return GenericNetlink.familyId(generic, FAMILY).isPresent();
            }
        }
    }

    @Override
    public String settings() {
        return "/proc/sys/";
    }
}
