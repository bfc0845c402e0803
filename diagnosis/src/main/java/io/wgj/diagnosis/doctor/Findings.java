// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects what belongs to one verdict, with the words that several verdicts share.
final class Findings {
    private static final long MINUTE = 60;

    private final Facts facts;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();

    Findings(Facts facts) {
        this.facts = facts;
    }

    /// Adds a fact.
    Findings seen(String word, String text) {
        evidence.add(new Evidence(word, text));
        return this;
    }

    /// Adds a fact with its time.
    Findings seen(String word, String text, Instant at) {
        evidence.add(new Evidence(word, text, Optional.of(at)));
        return this;
    }

    /// Adds what mends it.
    Findings remedy(String command) {
        remedies.add(command);
        return this;
    }

    /// Adds a cause that cannot be excluded.
    Findings perhaps(String cause) {
        undecided.add(cause);
        return this;
    }

    /// Adds what passed the outer device, and what the counters say of it.
    Findings traffic() {
        if (facts.wire().isPresent()) {
            passed(WireMessage.INITIATION_OUT, "handshake initiation", "sent");
            passed(WireMessage.INITIATION_IN, "handshake initiation", "received on the wire");
            passed(WireMessage.RESPONSE_OUT, "handshake response", "sent");
            passed(WireMessage.RESPONSE_IN, "handshake response", "received on the wire");
            passed(WireMessage.COOKIE_IN, "cookie reply", "received on the wire");
            passed(WireMessage.DATA_OUT, "data message", "sent");
            passed(WireMessage.DATA_IN, "data message", "received on the wire");
            if (facts.wire().get().seen().isEmpty()) {
                seen("wire", "nothing of WireGuard passes " + device() + " for this endpoint");
            }
        }
        facts.peer()
                .ifPresent(peer -> seen(
                        "counters",
                        "the peer's counters grew by " + peer.tx() + " bytes sent and " + peer.rx()
                                + " bytes received in " + Findings.span(facts.watched())));
        return this;
    }

    private void passed(WireMessage message, String name, String verb) {
        facts.wire().flatMap(wire -> wire.sighting(message)).ifPresent(sighting -> {
            String times = sighting.count() == 1 ? "a " + name : sighting.count() + " " + name + "s";
            seen("wire", times + " " + verb, sighting.last());
        });
    }

    /// Adds the way of the encrypted packets.
    Findings way() {
        facts.way().ifPresent(way -> {
            if (!way.route().isEmpty()) {
                seen("route", way.route());
            }
        });
        return this;
    }

    /// The device by which encrypted packets leave.
    String device() {
        return facts.way().flatMap(WayFacts::device).orElse("the outer device");
    }

    /// The verdict.
    Optional<Verdict> tell(Cause cause, boolean certain, String sentence) {
        facts.conflicts().forEach(conflict -> seen("conflict", conflict));
        facts.notes().forEach(note -> seen("note", note));
        if (!facts.clock().stepped().isZero()) {
            seen(
                    "clock",
                    "the clock was set by " + span(facts.clock().stepped().abs()) + " during the observation: times"
                            + " before and after do not compare");
        }
        facts.unseen().forEach(gap -> seen("unseen", gap));
        return Optional.of(new Verdict(cause, certain, sentence, evidence, remedies, undecided));
    }

    /// The peer's endpoint in text.
    static String endpoint(Facts facts) {
        return facts.peer()
                .flatMap(PeerFacts::endpoint)
                .map(Endpoint.Numeric::text)
                .orElse("its endpoint");
    }

    /// The peer's public key in text.
    static String key(Facts facts) {
        return facts.peer().map(peer -> peer.key().toBase64()).orElse("PEER");
    }

    /// `10.5 s` or `2 min 5 s`.
    static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= MINUTE * MINUTE) {
            return seconds / (MINUTE * MINUTE) + " h " + seconds / MINUTE % MINUTE + " min";
        }
        if (seconds >= MINUTE) {
            return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        long tenths = duration.toMillis() / 100;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
