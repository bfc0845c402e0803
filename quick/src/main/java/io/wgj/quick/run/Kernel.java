// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.util.Optional;

/// The kernel as a run meets it, in the calling thread's network namespace.
public interface Kernel {
    /// A new connection, for the caller to close.
    RouteNetlink routing() throws NetlinkException;

    /// A new connection, for the caller to close; empty when there is no nftables.
    Optional<Nftables> firewall() throws NetlinkException;

    /// Whether it makes links of kind `wireguard`.
    boolean hasWireGuard() throws NetlinkException;

    /// The folder of its settings, those of sysctl(8), with a slash at its end.
    String settings();
}
