// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.nftables.Nftables;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import io.wgj.netlink.transport.NetlinkConnection;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.run.Kernel;
import java.util.List;
import java.util.Optional;

/// A kernel for `up`, `down` and the like within this process. It has one uplink with an address and the default
/// route, and keeps what commands add.
final class FakeKernel implements Kernel {
    private final FakeRouteSocket player = new FakeRouteSocket();
    private final boolean hasWireGuard;
    private final String settings;

    /// @param hasWireGuard whether there is the module
    /// @param settings the folder of its settings, with a slash at its end
    FakeKernel(boolean hasWireGuard, String settings) throws NetlinkException, WordException {
        this.hasWireGuard = hasWireGuard;
        this.settings = settings;
        try (RouteNetlink netlink = routing()) {
            netlink.addAddress(new InterfaceAddress(1, new IpPrefix(IpAddress.ofV4(0xc0_00_02_02), 24)));
            netlink.routes().add(IpRouteSyntax.parse(words("default via 192.0.2.1 dev eth0"), TableNames.STANDARD));
            netlink.rules().add(IpRuleSyntax.parse(words("priority 0 table local"), TableNames.STANDARD));
            netlink.rules().add(IpRuleSyntax.parse(words("priority 32766 table main"), TableNames.STANDARD));
        }
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    @Override
    public RouteNetlink routing() {
        return new RouteNetlink(new NetlinkConnection(player));
    }

    @Override
    public Optional<Nftables> firewall() throws NetlinkException {
        return Nftables.over(new NetlinkConnection(new FakeRouteSocket()));
    }

    @Override
    public boolean hasWireGuard() {
        return hasWireGuard;
    }

    @Override
    public String settings() {
        return settings;
    }

    /// Whether the kernel has that link.
    boolean has(DeviceName name) {
        return player.hasTunnel() && name.equals(new DeviceName(FakeRouteSocket.TUNNEL));
    }
}
