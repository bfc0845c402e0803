// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.config.key.PublicKey;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.route.NetworkAddress;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.RouteQuery;
import io.wgj.netlink.route.RouteWatch;
import io.wgj.netlink.route.Routes;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What a change of the host's routes means for peers. A peer is answered from the address and through the interface
/// that its datagrams came to; where routing would now send it through another one, that memory is in the way and is
/// forgotten (engine specification A.12). IPv4 only: an IPv6 source is bound to no interface.
final class RouteChanges implements AutoCloseable {
    /// How often routes are asked at most, however fast they change.
    private static final long PAUSE_NANOS = 1_000_000_000L;
    /// How often they are asked after a change: a datagram that was on its way teaches the old source once more.
    private static final int LOOKS = 3;

    private final EngineDevice device;
    private final RouteWatch watch;
    /// Looks still to come.
    private int pending;
    private long checked = System.nanoTime() - PAUSE_NANOS;

    private RouteChanges(EngineDevice device, RouteWatch watch) {
        this.device = device;
        this.watch = watch;
    }

    static RouteChanges follow(EngineDevice device) throws NetlinkException {
        return new RouteChanges(device, RouteWatch.open());
    }

    /// For a poller.
    int descriptor() {
        return watch.descriptor();
    }

    /// Looks at what has changed, not too often.
    ///
    /// @return whether it has to be called again in a second, because something has changed
    boolean update() throws NetlinkException {
        if (watch.update()) {
            pending = LOOKS;
        }
        if (pending > 0 && System.nanoTime() - checked >= PAUSE_NANOS) {
            pending--;
            checked = System.nanoTime();
            forgetStaleSources();
        }
        return pending > 0;
    }

    private void forgetStaleSources() throws NetlinkException {
        List<PublicKey> peers = new ArrayList<>();
        List<UdpFlow> flows = new ArrayList<>();
        List<RouteQuery> queries = new ArrayList<>();
        int mark = device.fwmark();
        for (Map.Entry<PublicKey, UdpFlow> peer : device.flows().entrySet()) {
            UdpFlow flow = peer.getValue();
            if (!flow.ipv6() && flow.hasSource() && flow.sourceInterface() != 0) {
                peers.add(peer.getKey());
                flows.add(flow);
                NetworkAddress remote = new NetworkAddress(false, 0, flow.remoteLow());
                queries.add(new RouteQuery(
                        remote, mark == 0 ? OptionalInt.empty() : OptionalInt.of(mark), Optional.empty()));
            }
        }
        if (queries.isEmpty()) {
            return;
        }
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Routes.Way> ways = netlink.routes().getAll(queries);
            for (int i = 0; i < ways.size(); i++) {
                Optional<String> link = ways.get(i).route().flatMap(Route::device);
                // No way at all is nothing to act upon: it may come back as it was.
                if (link.isPresent()
                        && Interfaces.indexOf(link.get()) != flows.get(i).sourceInterface()) {
                    device.forgetSource(peers.get(i));
                }
            }
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
