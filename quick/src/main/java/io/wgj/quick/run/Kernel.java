// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.util.Optional;

/// The kernel's interfaces that a run uses, in the calling thread's network namespace.
public interface Kernel {
    /// Opens a connection; the caller closes it.
    RouteNetlink routing() throws NetlinkException;

    /// Opens a connection; the caller closes it. Empty when the kernel has no nftables.
    Optional<Nftables> firewall() throws NetlinkException;

    /// Whether the kernel has links of kind `wireguard`.
    boolean hasWireGuard() throws NetlinkException;

    /// The folder of the settings of sysctl(8), with a slash at its end.
    String settings();
}
