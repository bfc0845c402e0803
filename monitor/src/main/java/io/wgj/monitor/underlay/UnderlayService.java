// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.underlay;

import io.wgj.config.net.Endpoint;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import io.wgj.netlink.route.RouteQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Asks the kernel for the route to each peer's endpoint, as WireGuard does: with the interface's mark, and with
/// its UDP ports. It asks when links, addresses, routes or rules change, and when peers do. A peer without a route
/// is down.
///
/// It asks once a second at most, and less often when the answers take long. A route counts as missing when it is
/// missing twice, a second apart: an address that is renewed is gone for a moment.
///
/// Where the interface's UDP port is not bound in this network namespace, its packets leave from another one,
/// whose routes cannot be asked: nothing is said of such peers.
public final class UnderlayService implements PeerService {
    private static final long SECOND = 1_000_000_000L;
    /// Changes come in bursts.
    private static final long SETTLE = SECOND / 5;
    private static final long SHORTEST_PAUSE = SECOND;
    private static final long LONGEST_PAUSE = 30 * SECOND;
    /// Asking may take a twentieth of one processor.
    private static final int PAUSE_FACTOR = 20;

    private final EndpointRoutes routes;
    private final MonitorContext monitor;
    private final ExecutorService worker;
    private final Map<PeerId, RouteQuery> queries = new LinkedHashMap<>();
    /// Peers whose missing route was reported.
    private final Set<PeerId> missing = new HashSet<>();
    /// When a route was first found missing that was not reported yet.
    private final Map<PeerId, Long> suspects = new HashMap<>();
    private long nextAllowed = Long.MIN_VALUE;
    private boolean isPlanned;
    private boolean isRunning;
    private boolean runsAgain;
    private String failure = "";

    public UnderlayService(EndpointRoutes routes, MonitorContext monitor) {
        this(
                routes,
                monitor,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("underlay").factory()));
    }

    /// @param worker runs one task at a time
    UnderlayService(EndpointRoutes routes, MonitorContext monitor, ExecutorService worker) {
        this.routes = routes;
        this.monitor = monitor;
        this.worker = worker;
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        Optional<RouteQuery> query = query(now);
        if (query.isEmpty()) {
            forget(now.id());
        } else if (!query.get().equals(queries.put(now.id(), query.get()))) {
            suspects.remove(now.id());
            plan();
        }
    }

    /// The look-up of WireGuard for its packets to this peer. Link-local addresses need no route.
    private static Optional<RouteQuery> query(PeerView peer) {
        if (peer.device().endpoint().isEmpty() || peer.listenPort() == 0) {
            return Optional.empty();
        }
        Endpoint.Numeric endpoint = peer.device().endpoint().get();
        if (endpoint.scopeId() != 0 || endpoint.port() == 0) {
            return Optional.empty();
        }
        return Optional.of(new RouteQuery(
                endpoint.address(),
                peer.fwmark() == 0 ? OptionalInt.empty() : OptionalInt.of(peer.fwmark()),
                Optional.empty(),
                Optional.of(new RouteQuery.UdpPorts(peer.listenPort(), endpoint.port()))));
    }

    @Override
    public void gone(PeerView last) {
        forget(last.id());
    }

    private void forget(PeerId id) {
        queries.remove(id);
        missing.remove(id);
        suspects.remove(id);
    }

    @Override
    public void routingChanged() {
        if (!queries.isEmpty()) {
            plan();
        }
    }

    private void plan() {
        if (isRunning) {
            runsAgain = true;
        } else if (!isPlanned) {
            isPlanned = true;
            long now = monitor.bootNanos();
            monitor.at(Math.max(now + SETTLE, nextAllowed), this::ask);
        }
    }

    private void ask() {
        isPlanned = false;
        if (queries.isEmpty()) {
            return;
        }
        Map<PeerId, RouteQuery> asked = Map.copyOf(queries);
        isRunning = true;
        worker.execute(() -> ask(asked));
    }

    /// Runs in the worker's thread.
    private void ask(Map<PeerId, RouteQuery> asked) {
        long start = monitor.bootNanos();
        List<RouteQuery> distinct = new ArrayList<>(new HashSet<>(asked.values()));
        try {
            List<Optional<String>> refusals = routes.refusals(distinct);
            Map<RouteQuery, String> refused = new HashMap<>();
            for (int i = 0; i < distinct.size(); i++) {
                if (refusals.get(i).isPresent()) {
                    refused.put(distinct.get(i), refusals.get(i).get());
                }
            }
            Set<Integer> ports = refused.isEmpty() ? Set.of() : routes.udpPorts();
            monitor.execute(() -> answered(asked, refused, ports, start));
        } catch (IOException | RuntimeException problem) {
            String why = String.valueOf(problem.getMessage());
            monitor.execute(() -> failed(why, start));
        }
    }

    private void answered(
            Map<PeerId, RouteQuery> asked, Map<RouteQuery, String> refused, Set<Integer> ports, long start) {
        failure = "";
        long now = monitor.bootNanos();
        for (Map.Entry<PeerId, RouteQuery> one : asked.entrySet()) {
            PeerId id = one.getKey();
            RouteQuery query = one.getValue();
            String why = refused.get(query);
            if (!query.equals(queries.get(id))) {
                runsAgain = true;
            } else if (why == null) {
                suspects.remove(id);
                if (missing.remove(id)) {
                    monitor.routeFound(id);
                    monitor.sampleSoon(id);
                }
            } else if (query.udp().isPresent()
                    && ports.contains(query.udp().get().source())) {
                miss(id, why, now);
            }
        }
        ended(start);
    }

    private void miss(PeerId id, String why, long now) {
        if (missing.contains(id)) {
            return;
        }
        Long since = suspects.putIfAbsent(id, now);
        if (since != null && now - since >= SHORTEST_PAUSE) {
            suspects.remove(id);
            missing.add(id);
            monitor.routeMissing(id, why);
        }
    }

    /// Reports that the kernel cannot be asked, once.
    private void failed(String why, long start) {
        if (!why.equals(failure) && !queries.isEmpty()) {
            failure = why;
            PeerId any = queries.keySet().iterator().next();
            monitor.peer(any)
                    .ifPresent(peer -> monitor.report(
                            EventKind.MESSAGE, peer.iface(), "the routes to endpoints cannot be looked up: " + why));
        }
        ended(start);
    }

    private void ended(long start) {
        isRunning = false;
        long now = monitor.bootNanos();
        nextAllowed = now + Math.clamp((now - start) * PAUSE_FACTOR, SHORTEST_PAUSE, LONGEST_PAUSE);
        if (runsAgain || !suspects.isEmpty()) {
            runsAgain = false;
            plan();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
