// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that was observed of one peer of one interface.
///
/// @param began when the observation began
/// @param watched how long it took
/// @param passive whether nothing was sent
/// @param peer empty when the interface has no such peer
/// @param wanted the peer that was asked for, as it was written; empty for any
/// @param way empty when the peer has no endpoint
/// @param wire empty when this process may not open a packet socket
/// @param icmp errors about packets to the endpoint
/// @param firewall empty when nftables cannot be read
/// @param engine empty for other implementations, and when the engine does not answer
/// @param far empty when nothing is known of the far end
/// @param beside empty when no datagram was sent to another port
/// @param name empty when the peer's endpoint has no name in a file that is known
/// @param conflicts addresses of the interface that are elsewhere too, in words
/// @param notes other facts worth telling, as sentences
/// @param unseen what this process could not see, and why, as sentences
public record Facts(
        Instant began,
        Duration watched,
        boolean passive,
        LinkFacts link,
        Optional<PeerFacts> peer,
        Optional<String> wanted,
        InsideFacts inside,
        Optional<WayFacts> way,
        Optional<WireFacts> wire,
        List<IcmpReport> icmp,
        CounterFacts counters,
        Optional<FirewallFacts> firewall,
        Optional<EngineFacts> engine,
        Optional<FarFacts> far,
        ClockFacts clock,
        Optional<BesideFacts> beside,
        Optional<NameFacts> name,
        List<String> conflicts,
        List<String> notes,
        List<String> unseen) {
    /// Two tries of a handshake end within this time, and a keepalive answers within it.
    public static final Duration ENOUGH = Duration.ofSeconds(10);

    public Facts {
        icmp = List.copyOf(icmp);
        conflicts = List.copyOf(conflicts);
        notes = List.copyOf(notes);
        unseen = List.copyOf(unseen);
    }

    /// Whether a silence during the observation proves anything: a try of a handshake has waited for its answer.
    boolean isLong() {
        return watched.compareTo(ENOUGH) >= 0;
    }

    /// Whether this much of the observation is over: what was read before may be older than what was seen since.
    boolean hasLasted(Duration time) {
        return watched.compareTo(time) >= 0;
    }

    /// How often a message passed the outer device; 0 also when it cannot be seen.
    int count(WireMessage message) {
        return wire.isPresent() ? wire.get().count(message) : 0;
    }

    /// How many messages left for the endpoint; what the peer's counters say when the wire cannot be seen.
    long calls() {
        return wire.isPresent()
                ? wire.get().out()
                : peer.isPresent() ? peer.get().tx() : 0;
    }

    /// Whether anybody wanted to send something to the peer.
    boolean isAsked() {
        return inside.asked() > 0
                || inside.sent() > 0
                || peer.isPresent() && peer.get().tx() > 0
                || calls() > 0;
    }
}
