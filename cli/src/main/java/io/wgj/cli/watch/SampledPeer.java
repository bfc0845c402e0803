// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.device.PeerState;
import io.wgj.monitor.liveness.PeerLiveness;
import io.wgj.monitor.liveness.PeerSample;
import io.wgj.monitor.liveness.WallClock;
import io.wgj.monitor.model.PeerStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// One peer from samples of its device, with the monitor's machine of states.
final class SampledPeer {
    private static final long SECOND = 1_000_000_000L;
    /// A shorter time gives no useful rate.
    private static final long RATE_NANOS = SECOND * 9 / 10;

    private final PeerLiveness liveness = new PeerLiveness();
    private boolean first = true;
    private long rateSince;
    private long rateRx;
    private long rateTx;
    private long rxRate;
    private long txRate;

    /// Takes a sample.
    ///
    /// @param nanos of CLOCK_BOOTTIME
    /// @param now the wall clock, in whole seconds
    PeerStatus sample(PeerState peer, Optional<String> name, long nanos, Instant now) {
        long handshake = peer.latestHandshake().isNever()
                ? 0
                : peer.latestHandshake().seconds() * SECOND
                        + peer.latestHandshake().nanos();
        // The end of this second: a handshake of just now must not lie in the future.
        long wallNanos = (now.getEpochSecond() + 1) * SECOND - 1;
        liveness.sample(
                new PeerSample(
                        nanos,
                        peer.rxBytes(),
                        peer.txBytes(),
                        handshake,
                        peer.endpoint().orElse(null),
                        peer.persistentKeepalive()),
                wallNanos);
        measure(peer, nanos);
        return new PeerStatus(
                peer.publicKey(),
                name,
                liveness.state(),
                liveness.verdict(),
                liveness.reason().text(new WallClock(nanos, wallNanos, ZoneId.systemDefault())),
                now.minusNanos(Math.max(0, nanos - liveness.sinceNanos())),
                Optional.empty(),
                peer.latestHandshake(),
                peer.rxBytes(),
                peer.txBytes(),
                rxRate,
                txRate,
                peer.endpoint(),
                peer.allowedIps(),
                peer.presharedKey().isPresent(),
                peer.persistentKeepalive(),
                liveness.openRounds(),
                liveness.lossLearned(),
                Optional.empty());
    }

    private void measure(PeerState peer, long nanos) {
        long passed = nanos - rateSince;
        if (!first && passed < RATE_NANOS) {
            return;
        }
        if (!first) {
            rxRate = rate(peer.rxBytes() - rateRx, passed);
            txRate = rate(peer.txBytes() - rateTx, passed);
        }
        first = false;
        rateSince = nanos;
        rateRx = peer.rxBytes();
        rateTx = peer.txBytes();
    }

    /// A counter that fell belongs to a peer that was made again.
    private static long rate(long bytes, long nanos) {
        return bytes <= 0 ? 0 : (long) (bytes * (double) SECOND / nanos);
    }
}
