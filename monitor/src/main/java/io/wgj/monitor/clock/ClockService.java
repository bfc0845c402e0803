// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.clock;

import io.wgj.config.net.DeviceName;
import io.wgj.engine.clock.ClockCheck;
import io.wgj.engine.clock.KnownTimes;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.monitor.model.EventKind;
import io.wgj.monitor.model.MonitorContext;
import io.wgj.monitor.model.PeerId;
import io.wgj.monitor.model.PeerService;
import io.wgj.monitor.model.PeerView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reports a clock that is behind the last known time: that of the files in `/var/lib/wgj`, of this build, and of
/// the peers' last handshakes. The kernel takes its timestamps from the clock, and wgj's own engine does not need
/// the report. Remembers the time for the next start of this host.
public final class ClockService implements PeerService {
    /// The name of the monitor's file.
    static final String NAME = "monitor";

    private static final long LOOK_NANOS = 60_000_000_000L;
    private static final long WRITE_SECONDS = 600;

    private final KnownTimes times;
    private final Instant built;
    private final InstantSource clock;
    private final MonitorContext monitor;
    private final Map<PeerId, DeviceName> kernelPeers = new HashMap<>();
    private Instant known;
    private Instant written = Instant.MIN;
    private boolean isBehind;
    private Runnable cancel = () -> {};

    /// @param known the latest time known so far
    ClockService(KnownTimes times, Instant known, InstantSource clock, MonitorContext monitor) {
        this.times = times;
        this.built = known;
        this.known = known;
        this.clock = clock;
        this.monitor = monitor;
    }

    /// By this host's clock and files.
    public static Factory linux() {
        KnownTimes times = new KnownTimes(KnownTimes.DEFAULT_FOLDER);
        return monitor -> new ClockService(times, ClockCheck.known(times), InstantSource.system(), monitor);
    }

    @Override
    public void changed(@Nullable PeerView before, PeerView now) {
        if (now.source() != DeviceSource.KERNEL) {
            return;
        }
        boolean first = kernelPeers.isEmpty();
        kernelPeers.put(now.id(), now.iface());
        if (first) {
            look();
        }
    }

    @Override
    public void gone(PeerView last) {
        kernelPeers.remove(last.id());
        if (kernelPeers.isEmpty()) {
            cancel.run();
        }
    }

    private void look() {
        Instant now = clock.instant();
        for (PeerId peer : kernelPeers.keySet()) {
            monitor.peer(peer).ifPresent(this::noteHandshake);
        }
        Optional<String> complaint = ClockCheck.complaint(now, known);
        if (complaint.isPresent() != isBehind) {
            isBehind = complaint.isPresent();
            report(complaint.orElse("the clock is not behind any more"));
        }
        if (!isBehind) {
            known = now.isAfter(known) ? now : known;
            write(now);
        }
        cancel = monitor.at(monitor.bootNanos() + LOOK_NANOS, this::look);
    }

    private void noteHandshake(PeerView peer) {
        if (!peer.device().latestHandshake().isNever()) {
            Instant handshake = Instant.ofEpochSecond(
                    Math.clamp(peer.device().latestHandshake().seconds(), 0, built.getEpochSecond() + 3_155_760_000L));
            known = handshake.isAfter(known) ? handshake : known;
        }
    }

    private void report(String sentence) {
        for (DeviceName iface : Set.copyOf(kernelPeers.values())) {
            monitor.report(EventKind.MESSAGE, iface, sentence);
        }
    }

    private void write(Instant now) {
        if (written.equals(Instant.MIN) || now.getEpochSecond() - written.getEpochSecond() >= WRITE_SECONDS) {
            written = now;
            times.write(NAME, new KnownTimes.Times(now, now));
        }
    }

    @Override
    public void close() {
        cancel.run();
        if (!kernelPeers.isEmpty() && !isBehind) {
            Instant now = clock.instant();
            times.write(NAME, new KnownTimes.Times(now, now));
        }
    }
}
