// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerService;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.Route;
import io.wgj.quick.run.OwnRouting;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Reports routes and rules that `wgj-quick` added and that something else removed, such as another program's
/// `ip route flush` or a link that was set down. Runs of `wgj-quick` and withdrawals of the monitor itself are no
/// removals. What is missing when the monitor starts is not reported.
///
/// It looks when routes or rules of ours were deleted, once a second at most. What is missing in two looks, a
/// second apart, is reported once, until it is back.
public final class RemovalService implements PeerService {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_PAUSE = 60 * SECOND;
    /// Looking may take a twentieth of one processor.
    private static final int PAUSE_FACTOR = 20;
    /// The most events of one look at one interface.
    private static final int MOST_EVENTS = 20;

    private final OwnRoutes routes;
    private final MonitorContext monitor;
    private final ExecutorService worker;
    private Set<Lack> reported = new HashSet<>();
    private Set<Lack> suspects = new HashSet<>();
    private long pause = SECOND;
    private boolean isFirst = true;
    private boolean isPlanned;
    private boolean runsAgain;

    /// One route or rule that one link lacks.
    private record Lack(int index, Object what) {}

    public RemovalService(OwnRoutes routes, MonitorContext monitor) {
        this(
                routes,
                monitor,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("removals").factory()));
    }

    /// @param worker runs one task at a time
    RemovalService(OwnRoutes routes, MonitorContext monitor, ExecutorService worker) {
        this.routes = routes;
        this.monitor = monitor;
        this.worker = worker;
        plan();
    }

    @Override
    public void ownRoutingRemoved() {
        plan();
    }

    private void plan() {
        if (isPlanned) {
            runsAgain = true;
            return;
        }
        isPlanned = true;
        runsAgain = false;
        monitor.at(monitor.bootNanos() + pause, () -> worker.execute(this::look));
    }

    /// Runs in the worker's thread.
    private void look() {
        long start = monitor.bootNanos();
        try {
            OwnRouting.Look look = routes.look();
            monitor.execute(() -> looked(look, start));
        } catch (IOException | RuntimeException _) {
            // Journals that cannot be read are other services' to report.
            monitor.execute(() -> ended(start));
        }
    }

    private void looked(OwnRouting.Look look, long start) {
        Set<Lack> now = new HashSet<>();
        for (OwnRouting.Missing tunnel : look.tunnels()) {
            for (Route route : tunnel.routes()) {
                now.add(new Lack(tunnel.index(), route));
            }
            for (PolicyRule rule : tunnel.rules()) {
                now.add(new Lack(tunnel.index(), rule));
            }
        }
        if (isFirst) {
            isFirst = false;
            reported = new HashSet<>(now);
        }
        reported.retainAll(now);
        Set<Lack> before = suspects;
        suspects = new HashSet<>(now);
        suspects.removeAll(reported);
        for (OwnRouting.Missing tunnel : look.tunnels()) {
            report(tunnel, before);
        }
        suspects.removeAll(reported);
        runsAgain |= look.isBusy() || !suspects.isEmpty();
        ended(start);
    }

    private void report(OwnRouting.Missing tunnel, Set<Lack> before) {
        DeviceName name = new DeviceName(tunnel.link().text());
        int events = 0;
        for (Route route : tunnel.routes()) {
            if (isNews(new Lack(tunnel.index(), route), before) && ++events <= MOST_EVENTS) {
                monitor.report(EventKind.ROUTE_REMOVED, name, routes.text(route));
            }
        }
        for (PolicyRule rule : tunnel.rules()) {
            if (isNews(new Lack(tunnel.index(), rule), before) && ++events <= MOST_EVENTS) {
                monitor.report(EventKind.RULE_REMOVED, name, routes.text(rule));
            }
        }
        if (events > MOST_EVENTS) {
            monitor.report(EventKind.MESSAGE, name, events - MOST_EVENTS + " more routes and rules were removed, too");
        }
    }

    private boolean isNews(Lack lack, Set<Lack> before) {
        return before.contains(lack) && suspects.contains(lack) && reported.add(lack);
    }

    private void ended(long start) {
        pause = Math.clamp((monitor.bootNanos() - start) * PAUSE_FACTOR, SECOND, LONGEST_PAUSE);
        isPlanned = false;
        if (runsAgain) {
            plan();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
