// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.hooks.HookQueue;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what peers and interfaces notice into events, scripts, calls of services, and states to save.
final class MonitorReports implements Reports {
    private final EventLog events;
    private final HookQueue hooks;
    private final SavedStates saved;
    private final Departed departed;
    /// Those of the monitor, which adds to them.
    private final List<PeerService> services;

    private Times times;
    private long observed;

    MonitorReports(
            EventLog events,
            HookQueue hooks,
            SavedStates saved,
            Departed departed,
            List<PeerService> services,
            Times times) {
        this.events = events;
        this.hooks = hooks;
        this.saved = saved;
        this.departed = departed;
        this.services = services;
        this.times = times;
    }

    /// A round begins.
    ///
    /// @param observedNanos how long the monitor has run, without the times in which it was stopped
    void begin(Times now, long observedNanos) {
        times = now;
        observed = observedNanos;
    }

    @Override
    public Times times() {
        return times;
    }

    @Override
    public void event(EventKind kind, WatchedPeer peer, String reason) {
        events.add(
                kind, peer.owner().found().name(), peer.key(), peer.settings().name(), reason);
    }

    @Override
    public void event(EventKind kind, FoundInterface iface, String reason) {
        events.add(kind, iface.name(), null, Optional.empty(), reason);
    }

    @Override
    public void changed(WatchedPeer peer, boolean isNews, Verdict before) {
        saved.change();
        String reason = peer.reason(times);
        if (isNews) {
            event(EventKind.of(peer.state()), peer, reason);
        }
        if (peer.verdict() == Verdict.UP && before != Verdict.UP) {
            run(EventKind.PEER_UP, peer, reason, peer.settings().peerUp());
        } else if (peer.verdict() == Verdict.DOWN && before == Verdict.UP) {
            run(EventKind.PEER_DOWN, peer, reason, peer.settings().peerDown());
        }
    }

    private void run(EventKind kind, WatchedPeer peer, String reason, List<String> commands) {
        WatchedInterface iface = peer.owner();
        hooks.add(new HookJob(
                kind,
                iface.found().name(),
                peer.key(),
                peer.settings().name(),
                peer.endpointText(),
                peer.state(),
                reason,
                times.wall(),
                iface.settings().path(),
                commands));
    }

    @Override
    public void view(@Nullable PeerView before, PeerView now) {
        for (PeerService service : services) {
            service.changed(before, now);
        }
    }

    @Override
    public void gone(PeerView last) {
        for (PeerService service : services) {
            service.gone(last);
        }
    }

    @Override
    public void departed(WatchedPeer peer, FoundInterface iface, InterfaceSettings settings) {
        saved.change();
        departed.add(new Departed.Peer(
                new Departed.Place(iface.name(), peer.key()),
                iface.index(),
                peer.settings().name(),
                peer.endpointText(),
                peer.save(),
                settings.path(),
                peer.settings().peerDown(),
                observed + Departed.PATIENCE_NANOS));
    }

    @Override
    public void arrived(WatchedPeer peer, FoundInterface iface) {
        saved.change();
        departed.take(new Departed.Place(iface.name(), peer.key()))
                .ifPresent(before -> peer.restore(before.liveness()));
    }
}
