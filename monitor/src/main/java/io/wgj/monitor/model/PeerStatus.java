// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.device.HandshakeTime;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.monitor.liveness.PeerState;
import io.wgj.monitor.liveness.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One peer at the time of its [MonitorStatus]. Has no secret.
///
/// Times are of the wall clock as it stands in the snapshot: a clock that was set moves them all, so their
/// distance to [MonitorStatus#time] is always right.
///
/// @param name from the configuration file; empty when it gives none
/// @param verdict the last of up and down
/// @param reason why the peer is in this state, such as `4 calls unanswered, nothing heard for 31 s`
/// @param since when this state began
/// @param lastHeard when something authentic was last received; empty when nothing was
/// @param latestHandshake as the device reports it
/// @param rxBytes received, unsigned
/// @param txBytes sent, unsigned
/// @param rxRate received bytes per second, lately
/// @param txRate sent bytes per second, lately
/// @param endpoint where it was last seen or is configured to be
/// @param allowedIps in the device's order
/// @param hasPresharedKey whether it has one; the key itself never comes here
/// @param keepalive seconds between persistent keepalives, 0 for off
/// @param openRounds handshake attempts since the last one that completed
/// @param learnedLoss the chance that one answer is lost, as learned from this peer's handshakes
/// @param probe empty without a `Probe` line
public record PeerStatus(
        PublicKey publicKey,
        Optional<String> name,
        PeerState state,
        Verdict verdict,
        String reason,
        Instant since,
        Optional<Instant> lastHeard,
        HandshakeTime latestHandshake,
        long rxBytes,
        long txBytes,
        long rxRate,
        long txRate,
        Optional<Endpoint.Numeric> endpoint,
        List<IpPrefix> allowedIps,
        boolean hasPresharedKey,
        int keepalive,
        int openRounds,
        double learnedLoss,
        Optional<ProbeStatus> probe) {
    /// Copies `allowedIps`.
    public PeerStatus {
        allowedIps = List.copyOf(allowedIps);
    }
}
