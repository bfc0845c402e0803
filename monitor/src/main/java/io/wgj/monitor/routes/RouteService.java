// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Withdrawal;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.run.PeerRouteRun;
import io.wgj.quick.run.RunException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes routes follow their peers (`WithdrawRoutesAfter`). A peer's routes are withdrawn once its verdict has
/// been down for the file's time. They return once its verdict is up, or when the file has no
/// such line any more. In between they stay as they are, also over a restart of the monitor.
///
/// A thread of its own changes routes, one interface after the other. While another run has an interface's
/// lock, the service tries again every second.
public final class RouteService implements PeerService {
    private static final long SECOND = 1_000_000_000L;
    private static final long RETRY_WHEN_BUSY = SECOND;
    private static final long RETRY_AFTER_FAILURE = 30 * SECOND;
    private static final long SECONDS_TO_END = 5;
    /// The most destinations that one event lists.
    private static final int MOST_LISTED = 5;

    private final PeerRoutes routes;
    private final MonitorContext monitor;
    private final ExecutorService worker;
    private final Map<Integer, Tunnel> tunnels = new HashMap<>();

    /// What the service knows of one interface.
    private static final class Tunnel {
        private final int index;
        private final Map<PublicKey, PeerView> peers = new LinkedHashMap<>();
        /// Since when the verdict is down, by CLOCK_BOOTTIME.
        private final Map<PublicKey, Long> downSince = new HashMap<>();
        private DeviceName name;
        private boolean isQueued;
        private boolean isRunning;
        private boolean runsAgain;
        /// Whether the last run withdrew routes, or left them withdrawn.
        private boolean hasWithdrawn;
        private @Nullable Object stamp;
        private Runnable cancelRetry = () -> {};
        private Runnable cancelDue = () -> {};
        /// The sentences that have been reported since the last run without one.
        private List<String> reported = List.of();

        Tunnel(int index, DeviceName name) {
            this.index = index;
            this.name = name;
        }
    }

    public RouteService(PeerRoutes routes, MonitorContext monitor) {
        this(
                routes,
                monitor,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("routes").factory()));
    }

    /// @param worker runs one task at a time
    RouteService(PeerRoutes routes, MonitorContext monitor, ExecutorService worker) {
        this.routes = routes;
        this.monitor = monitor;
        this.worker = worker;
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        Tunnel tunnel = tunnels.computeIfAbsent(now.id().index(), index -> new Tunnel(index, now.iface()));
        tunnel.name = now.iface();
        tunnel.peers.put(now.id().key(), now);
        if (now.verdict() == Verdict.DOWN) {
            tunnel.downSince.putIfAbsent(now.id().key(), now.sinceNanos());
        } else {
            tunnel.downSince.remove(now.id().key());
        }
        boolean mattered = before != null && rule(before).isPresent();
        if (before == null
                ? rule(now).isPresent()
                : (mattered || rule(now).isPresent() || tunnel.hasWithdrawn) && concerns(before, now)) {
            soon(tunnel);
        }
    }

    /// Whether routes may depend on the change.
    private static boolean concerns(PeerView before, PeerView now) {
        return before.verdict() != now.verdict()
                || before.state() != now.state()
                || !rule(before).equals(rule(now))
                || !before.settings()
                        .map(PeerSection::withdrawRoutes)
                        .equals(now.settings().map(PeerSection::withdrawRoutes))
                || !before.device().allowedIps().equals(now.device().allowedIps())
                || !before.iface().equals(now.iface());
    }

    @Override
    public void gone(PeerView last) {
        PeerId id = last.id();
        Tunnel tunnel = tunnels.get(id.index());
        if (tunnel == null) {
            return;
        }
        tunnel.peers.remove(id.key());
        tunnel.downSince.remove(id.key());
        if (tunnel.peers.isEmpty()) {
            tunnel.cancelRetry.run();
            tunnel.cancelDue.run();
            tunnels.remove(id.index());
        }
    }

    private static Optional<Long> rule(PeerView peer) {
        return peer.settings().flatMap(PeerSection::withdrawRoutesAfter).map(after -> after.toNanos());
    }

    /// A reload may have added routes to a peer that is down: its journal shows this.
    @Override
    public void routingChanged() {
        for (Tunnel tunnel : tunnels.values()) {
            if (tunnel.hasWithdrawn && !tunnel.isRunning) {
                tunnel.cancelRetry.run();
                tunnel.cancelRetry = monitor.at(monitor.bootNanos() + SECOND, () -> lookAgain(tunnel));
            }
        }
    }

    private void lookAgain(Tunnel tunnel) {
        Optional<InterfaceName> name = InterfaceName.parse(tunnel.name.text());
        if (name.isEmpty()) {
            return;
        }
        try {
            if (!routes.journalStamp(name.get()).equals(tunnel.stamp)) {
                soon(tunnel);
            }
        } catch (RunException failure) {
            report(tunnel, List.of(String.valueOf(failure.getMessage())));
        }
    }

    /// Starts a run after this round, when all changes of a sample are known: a route's peer is found among all
    /// peers.
    private void soon(Tunnel tunnel) {
        if (!tunnel.isQueued) {
            tunnel.isQueued = true;
            monitor.execute(() -> begin(tunnel));
        }
    }

    /// Starts a run with the peers' latest values, or another one after the run that goes on.
    private void begin(Tunnel tunnel) {
        tunnel.isQueued = false;
        if (tunnel.isRunning) {
            tunnel.runsAgain = true;
            return;
        }
        tunnel.cancelRetry.run();
        Optional<InterfaceName> name = InterfaceName.parse(tunnel.name.text());
        if (name.isEmpty() || tunnels.get(tunnel.index) != tunnel) {
            return;
        }
        List<RoutesOfPeer> wanted = wanted(tunnel);
        tunnel.isRunning = true;
        worker.execute(() -> run(tunnel, name.get(), wanted));
    }

    private List<RoutesOfPeer> wanted(Tunnel tunnel) {
        long now = monitor.bootNanos();
        long due = Long.MAX_VALUE;
        List<RoutesOfPeer> wanted = new ArrayList<>(tunnel.peers.size());
        for (PeerView known : tunnel.peers.values()) {
            PeerView peer = monitor.peer(known.id()).orElse(known);
            Optional<Long> after = rule(peer);
            RoutesOfPeer.Mode mode = RoutesOfPeer.Mode.PRESENT;
            if (after.isPresent() && peer.verdict() != Verdict.UP) {
                mode = RoutesOfPeer.Mode.UNCHANGED;
                if (peer.verdict() == Verdict.DOWN) {
                    long at = tunnel.downSince.getOrDefault(peer.id().key(), peer.sinceNanos()) + after.get();
                    if (at <= now) {
                        mode = mode(peer);
                    } else {
                        due = Math.min(due, at);
                    }
                }
            }
            wanted.add(new RoutesOfPeer(peer.id().key(), peer.device().allowedIps(), mode));
        }
        tunnel.cancelDue.run();
        tunnel.cancelDue = due == Long.MAX_VALUE ? () -> {} : monitor.at(due, () -> soon(tunnel));
        return wanted;
    }

    private static RoutesOfPeer.Mode mode(PeerView peer) {
        Withdrawal way = peer.settings().map(PeerSection::withdrawRoutes).orElse(Withdrawal.REMOVE);
        return way == Withdrawal.BLACKHOLE ? RoutesOfPeer.Mode.UNREACHABLE : RoutesOfPeer.Mode.REMOVED;
    }

    /// Runs in the worker's thread.
    private void run(Tunnel tunnel, InterfaceName name, List<RoutesOfPeer> wanted) {
        try {
            PeerRouteRun.Result result = routes.bring(name, tunnel.index, wanted);
            Object stamp = routes.journalStamp(name);
            monitor.execute(() -> ended(tunnel, wanted, result, stamp));
        } catch (RunException | RuntimeException failure) {
            String why = String.valueOf(failure.getMessage());
            monitor.execute(() -> failed(tunnel, why));
        }
    }

    private void ended(Tunnel tunnel, List<RoutesOfPeer> wanted, PeerRouteRun.Result result, Object stamp) {
        tunnel.stamp = stamp;
        boolean withdraws = false;
        boolean mayBeWithdrawn = false;
        for (RoutesOfPeer peer : wanted) {
            withdraws |= peer.mode().withdraws();
            mayBeWithdrawn |= peer.mode() != RoutesOfPeer.Mode.PRESENT;
        }
        tunnel.hasWithdrawn = mayBeWithdrawn;
        result.withdrawn().forEach((peer, list) -> report(EventKind.ROUTES_WITHDRAWN, tunnel, peer, list));
        result.restored().forEach((peer, list) -> report(EventKind.ROUTES_RESTORED, tunnel, peer, list));
        List<String> remarks = new ArrayList<>(result.remarks());
        if (result.outcome() == PeerRouteRun.Outcome.NO_JOURNAL && withdraws) {
            remarks.add("routes cannot follow the peers: `wgj-quick' keeps no journal of this interface;"
                    + " `wgj-quick reload " + tunnel.name.text() + "' begins one");
        }
        report(tunnel, remarks);
        long retry = result.outcome() == PeerRouteRun.Outcome.BUSY
                ? RETRY_WHEN_BUSY
                : remarks.isEmpty() ? Long.MAX_VALUE : RETRY_AFTER_FAILURE;
        next(tunnel, retry);
    }

    private void failed(Tunnel tunnel, String why) {
        report(tunnel, List.of("the routes could not be changed: " + why));
        next(tunnel, RETRY_AFTER_FAILURE);
    }

    private void next(Tunnel tunnel, long retry) {
        tunnel.isRunning = false;
        if (tunnel.runsAgain) {
            tunnel.runsAgain = false;
            soon(tunnel);
        } else if (retry != Long.MAX_VALUE) {
            tunnel.cancelRetry = monitor.at(monitor.bootNanos() + retry, () -> soon(tunnel));
        }
    }

    private void report(EventKind kind, Tunnel tunnel, PublicKey peer, List<Route> list) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size() && i < MOST_LISTED; i++) {
            text.append(i == 0 ? "" : ", ").append(list.get(i).destination());
        }
        if (list.size() > MOST_LISTED) {
            text.append(" and ").append(list.size() - MOST_LISTED).append(" more");
        }
        monitor.report(kind, new PeerId(tunnel.index, peer), text.toString());
    }

    /// Reports sentences that the last run did not have.
    private void report(Tunnel tunnel, List<String> sentences) {
        for (String sentence : sentences) {
            if (!tunnel.reported.contains(sentence)) {
                monitor.report(EventKind.MESSAGE, tunnel.name, sentence);
            }
        }
        tunnel.reported = List.copyOf(sentences);
    }

    /// Lets a run that goes on come to its end.
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
