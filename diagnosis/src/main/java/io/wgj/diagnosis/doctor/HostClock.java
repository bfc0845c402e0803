// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.engine.clock.KnownTimes;
import io.wgj.netlink.sys.BootClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Watches this host's clock from its creation on: whether it is set meanwhile, and whether it is behind a moment
/// that has certainly passed.
final class HostClock {
    private static final Duration NOISE = Duration.ofMillis(500);

    private final KnownTimes times;
    private final Instant began = Instant.now();
    private final long start = BootClock.nanos();

    /// @param times what engines of this host have written down
    HostClock(KnownTimes times) {
        this.times = times;
    }

    /// The clock at the beginning.
    Instant began() {
        return began;
    }

    /// [BootClock] at the beginning, in nanoseconds.
    long start() {
        return start;
    }

    /// How much time has passed since, whatever the clock says.
    Duration elapsed() {
        return Duration.ofNanos(BootClock.nanos() - start);
    }

    /// @param peers whose latest handshakes have passed
    ClockFacts facts(List<PeerState> peers) {
        Instant wall = Instant.now();
        Duration stepped = Duration.between(began.plus(elapsed()), wall);
        Instant latest = Instant.MIN;
        String source = "the latest handshake of this interface";
        for (PeerState peer : peers) {
            HandshakeTime time = peer.latestHandshake();
            if (!time.isNever() && instant(time).isAfter(latest)) {
                latest = instant(time);
            }
        }
        Optional<Instant> written = times.latest();
        if (written.isPresent() && written.get().isAfter(latest)) {
            latest = written.get();
            source = "the time that an engine of this host wrote to " + KnownTimes.DEFAULT_FOLDER;
        }
        Optional<ClockFacts.Known> known =
                latest.isAfter(wall) ? Optional.of(new ClockFacts.Known(latest, source)) : Optional.empty();
        return new ClockFacts(wall, known, stepped.abs().compareTo(NOISE) > 0 ? stepped : Duration.ZERO);
    }

    static Instant instant(HandshakeTime time) {
        return Instant.ofEpochSecond(time.seconds(), time.nanos());
    }
}
