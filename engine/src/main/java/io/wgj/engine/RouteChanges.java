// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.engine.core.EngineDevice;
import io.wgj.engine.core.UdpFlow;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.RouteQuery;
import io.wgj.netlink.route.RouteWatch;
import io.wgj.netlink.route.Routes;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.transport.NetlinkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps the source addresses of IPv4 peers in line with the host's routing, as the kernel module does for
/// each packet. The engine answers a peer from the address that the peer's datagrams came to, as long as
/// routing sends the answer through the interface they came in through. Otherwise that source is set aside,
/// and the kernel chooses one. IPv6 sources are bound to no interface.
final class RouteChanges implements AutoCloseable {
    /// The shortest time between two queries for routes, however fast routes change.
    private static final long PAUSE_NANOS = 1_000_000_000L;
    /// How often routes are queried after a change: some kernels report a change a moment before it is
    /// complete.
    private static final int LOOKS = 2;

    private final EngineDevice device;
    private final RouteWatch watch;
    /// Whether a source was learnt since the last query.
    private final AtomicBoolean learnt = new AtomicBoolean();
    /// The flows that agree with routing since the last change.
    private final Map<PublicKey, UdpFlow> settled = new HashMap<>();
    /// How many queries for all peers are still to come.
    private int pending;
    private long checked = System.nanoTime() - PAUSE_NANOS;

    private RouteChanges(EngineDevice device, RouteWatch watch) {
        this.device = device;
        this.watch = watch;
    }

    static RouteChanges follow(EngineDevice device) throws NetlinkException {
        return new RouteChanges(device, RouteWatch.open());
    }

    /// Any thread: notes that a source was learnt, which the next query checks.
    ///
    /// @return whether [#update] has to be called for it; false when a call is pending already
    boolean sourceLearnt() {
        return !learnt.getAndSet(true);
    }

    /// The descriptor to poll.
    int descriptor() {
        return watch.descriptor();
    }

    /// Checks what has changed, at most once a second.
    ///
    /// @return whether it has to be called again in a second, because something has changed
    boolean update() throws NetlinkException {
        if (watch.update()) {
            pending = LOOKS;
        }
        boolean due = System.nanoTime() - checked >= PAUSE_NANOS;
        if (due && (pending > 0 || learnt.get())) {
            if (pending > 0) {
                pending--;
                settled.clear();
            }
            learnt.set(false);
            checked = System.nanoTime();
            settle();
        }
        return pending > 0 || learnt.get();
    }

    /// Queries the route to each peer whose flow is not settled, and sets its source aside or restores it.
    private void settle() throws NetlinkException {
        List<PublicKey> peers = new ArrayList<>();
        List<UdpFlow> flows = new ArrayList<>();
        List<RouteQuery> queries = new ArrayList<>();
        int mark = device.fwmark();
        Map<PublicKey, UdpFlow> all = device.flows();
        settled.keySet().retainAll(all.keySet());
        for (Map.Entry<PublicKey, UdpFlow> peer : all.entrySet()) {
            UdpFlow flow = peer.getValue();
            if (!flow.ipv6() && flow.sourceInterface() > 0 && !flow.equals(settled.get(peer.getKey()))) {
                peers.add(peer.getKey());
                flows.add(flow);
                queries.add(new RouteQuery(
                        IpAddress.ofV4((int) flow.remoteLow()),
                        mark == 0 ? OptionalInt.empty() : OptionalInt.of(mark),
                        Optional.of(IpAddress.ofV4((int) flow.sourceLow()))));
            }
        }
        if (queries.isEmpty()) {
            return;
        }
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<Routes.Way> ways = netlink.routes().getAll(queries);
            for (int i = 0; i < ways.size(); i++) {
                Optional<String> link = ways.get(i).route().flatMap(Route::device);
                // A route that forbids sending leaves the source as it is: nothing is sent.
                if (link.isPresent()) {
                    settle(peers.get(i), flows.get(i), Interfaces.indexOf(link.get()));
                }
            }
        }
    }

    private void settle(PublicKey peer, UdpFlow flow, int leadsTo) {
        boolean agrees = leadsTo == flow.sourceInterface();
        UdpFlow right = agrees ? flow.withSourceRestored() : flow.withSourceSetAside();
        if (agrees != flow.hasSource()) {
            device.replaceFlow(peer, flow, right);
        }
        settled.put(peer, right);
    }

    @Override
    public void close() {
        watch.close();
    }
}
