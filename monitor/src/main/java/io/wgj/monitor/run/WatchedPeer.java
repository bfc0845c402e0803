// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.monitor.liveness.EngineSign;
import io.wgj.monitor.liveness.PeerLiveness;
import io.wgj.monitor.liveness.PeerSample;
import io.wgj.monitor.liveness.SavedLiveness;
import io.wgj.monitor.liveness.Verdict;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerStatus;
import io.wgj.monitor.model.PeerView;
import io.wgj.monitor.model.ProbeStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One peer of a watched interface: its state machine, and what was reported of it last.
final class WatchedPeer {
    private static final long SECOND = 1_000_000_000L;
    /// A shorter time gives no useful rate.
    private static final long RATE_NANOS = SECOND * 9 / 10;

    private final WatchedInterface owner;
    private final PublicKey key;
    private final PeerLiveness liveness = new PeerLiveness();
    private PeerSettings settings;
    private @Nullable PeerState device;
    private @Nullable PeerView reported;
    private io.wgj.monitor.liveness.PeerState state = io.wgj.monitor.liveness.PeerState.IDLE;
    private Verdict verdict = Verdict.UNKNOWN;
    private Optional<ProbeStatus> probe = Optional.empty();

    /// The read of the device that showed it last.
    private long lastRead;

    private long rateSince;
    private long rateRx;
    private long rateTx;
    private long rxRate;
    private long txRate;

    WatchedPeer(WatchedInterface owner, PublicKey key, PeerSettings settings) {
        this.owner = owner;
        this.key = key;
        this.settings = settings;
    }

    PublicKey key() {
        return key;
    }

    /// The interface that it is a peer of.
    WatchedInterface owner() {
        return owner;
    }

    PeerId id() {
        return new PeerId(owner.found().index(), key);
    }

    PeerSettings settings() {
        return settings;
    }

    Verdict verdict() {
        return verdict;
    }

    io.wgj.monitor.liveness.PeerState state() {
        return state;
    }

    /// The endpoint as text; empty when it is unknown.
    String endpointText() {
        return device == null
                ? ""
                : device.endpoint().map(Endpoint.Numeric::text).orElse("");
    }

    String reason(Times times) {
        return liveness.reason().text(times.clock());
    }

    /// Continues from what an earlier monitor, or an earlier peer object of the same key, has seen.
    void restore(SavedLiveness saved) {
        liveness.restore(saved);
        state = saved.state();
        verdict = saved.verdict();
    }

    SavedLiveness save() {
        return liveness.save();
    }

    long intervalNanos() {
        return liveness.intervalNanos();
    }

    void use(PeerSettings now, Reports reports) {
        settings = now;
        reportChange(reports);
    }

    /// Notes that the given read of its device shows it, and returns whether no peer of its key was shown before.
    boolean isFirstSeenIn(long read) {
        boolean first = lastRead != read;
        lastRead = read;
        return first;
    }

    /// Takes the next reading of the device.
    void sample(PeerState now, long nanos, Times times, Reports reports) {
        PeerState before = device;
        device = now;
        liveness.sample(
                new PeerSample(
                        nanos,
                        now.rxBytes(),
                        now.txBytes(),
                        handshakeNanos(now.latestHandshake()),
                        now.endpoint().orElse(null),
                        now.persistentKeepalive()),
                times.wallNanos());
        if (before == null) {
            rateSince = nanos;
            rateRx = now.rxBytes();
            rateTx = now.txBytes();
        } else {
            measure(now, nanos);
            reportHandshake(before, now, reports);
            reportMove(before, now, reports);
        }
        reportState(before == null, reports);
        reportChange(reports);
    }

    /// An answer to a probe.
    void answered(long nanos, Reports reports) {
        liveness.probeAnswered(nanos);
        reportState(false, reports);
        reportChange(reports);
    }

    /// The kernel has no route to its endpoint.
    void routeMissing(String why, long nanos, Reports reports) {
        liveness.routeMissing(why, nanos);
        reportState(false, reports);
        reportChange(reports);
    }

    /// The kernel has a route to its endpoint again.
    void routeFound(long nanos, Reports reports) {
        liveness.routeFound(nanos);
        reportState(false, reports);
        reportChange(reports);
    }

    /// What its engine itself has seen; the next sample counts it.
    void seen(EngineSign sign) {
        liveness.seen(sign);
    }

    void probed(ProbeStatus status) {
        probe = Optional.of(status);
    }

    private void measure(PeerState now, long nanos) {
        long passed = nanos - rateSince;
        if (passed < RATE_NANOS) {
            return;
        }
        rxRate = rate(now.rxBytes() - rateRx, passed);
        txRate = rate(now.txBytes() - rateTx, passed);
        rateSince = nanos;
        rateRx = now.rxBytes();
        rateTx = now.txBytes();
    }

    private static long rate(long bytes, long nanos) {
        return bytes <= 0 ? 0 : Math.round((double) bytes * SECOND / nanos);
    }

    private void reportHandshake(PeerState before, PeerState now, Reports reports) {
        if (!now.latestHandshake().isNever() && !now.latestHandshake().equals(before.latestHandshake())) {
            reports.event(EventKind.HANDSHAKE, this, "with " + endpointText());
        }
    }

    private void reportMove(PeerState before, PeerState now, Reports reports) {
        if (now.endpoint().isPresent() && !now.endpoint().equals(before.endpoint())) {
            String from =
                    before.endpoint().map(one -> "from " + one.text() + " ").orElse("");
            reports.event(EventKind.ENDPOINT_MOVED, this, from + "to " + endpointText());
        }
    }

    /// Reports another state. The first sample of a peer that is merely quiet is no news.
    private void reportState(boolean first, Reports reports) {
        io.wgj.monitor.liveness.PeerState before = state;
        Verdict verdictBefore = verdict;
        state = liveness.state();
        verdict = liveness.verdict();
        boolean isNews = state != before
                && !(first && verdict == Verdict.UNKNOWN && state == io.wgj.monitor.liveness.PeerState.QUIET);
        if (isNews || verdict != verdictBefore) {
            reports.changed(this, state != before && isNews, verdictBefore);
        }
    }

    private void reportChange(Reports reports) {
        PeerView before = reported;
        PeerState now = device;
        if (now != null && (before == null || differs(before, now))) {
            reported = view(reports.times());
            reports.view(before, reported);
        }
    }

    private boolean differs(PeerView before, PeerState now) {
        return before.state() != state
                || before.verdict() != verdict
                || before.openRounds() != liveness.openRounds()
                || !before.iface().equals(owner.found().name())
                || before.listenPort() != owner.listenPort()
                || before.fwmark() != owner.fwmark()
                || !before.settings().equals(settings.section())
                || !before.device().endpoint().equals(now.endpoint())
                || !before.device().allowedIps().equals(now.allowedIps());
    }

    /// The peer is gone.
    void gone(Reports reports) {
        if (reported != null) {
            reports.gone(reported);
            reported = null;
        }
    }

    /// The latest values, for services; only after the first sample.
    PeerView view(Times times) {
        if (device == null) {
            throw new IllegalStateException("no sample yet");
        }
        return new PeerView(
                id(),
                owner.found().name(),
                owner.found().source(),
                owner.listenPort(),
                owner.fwmark(),
                device.withoutPresharedKey(),
                state,
                verdict,
                reason(times),
                liveness.sinceNanos(),
                liveness.lastHeardNanos().orElse(PeerView.NEVER),
                liveness.openRounds(),
                owner.settings().file(),
                settings.section());
    }

    boolean isSampled() {
        return device != null;
    }

    PeerStatus status(Times times) {
        PeerState now = device;
        if (now == null) {
            throw new IllegalStateException("no sample yet");
        }
        return new PeerStatus(
                key,
                settings.name(),
                state,
                verdict,
                reason(times),
                times.instant(liveness.sinceNanos()),
                liveness.lastHeardNanos().isPresent()
                        ? Optional.of(times.instant(liveness.lastHeardNanos().getAsLong()))
                        : Optional.empty(),
                now.latestHandshake(),
                now.rxBytes(),
                now.txBytes(),
                rxRate,
                txRate,
                now.endpoint(),
                now.allowedIps(),
                now.presharedKey().isPresent(),
                now.persistentKeepalive(),
                liveness.openRounds(),
                liveness.lossLearned(),
                probe);
    }

    /// A device may report any number of seconds.
    private static long handshakeNanos(HandshakeTime time) {
        if (time.isNever()) {
            return 0;
        }
        long most = Long.MAX_VALUE / SECOND - 1;
        return Math.clamp(time.seconds(), -most, most) * SECOND + Math.clamp(time.nanos(), 0L, SECOND - 1);
    }
}
