// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Duration;

/// Causes of silence: what is sent leaves this host, and nothing comes back. Most of them show only at the far
/// end.
final class SilenceRows {
    /// Two hosts with right clocks may be so far apart.
    private static final Duration CLOCK_NOISE = Duration.ofSeconds(2);

    private SilenceRows() {}

    static Verdict of(Facts facts) {
        Findings findings = new Findings(facts).traffic().way();
        return facts.far().isPresent() && facts.peer().isPresent()
                ? withFarEnd(facts, facts.far().get(), findings)
                : alone(facts, findings);
    }

    private static Verdict withFarEnd(Facts facts, FarFacts far, Findings findings) {
        PeerFacts peer = facts.peer().orElseThrow();
        String own = facts.link().publicKey().orElseThrow().toBase64();
        findings.seen("far", "what " + far.source() + " says is taken into account");
        if (far.key().isPresent() && !far.key().get().equals(peer.key())) {
            String key = far.key().get().toBase64();
            return findings.seen(
                            "far",
                            "its public key is " + key + ", the peer here is "
                                    + peer.key().toBase64())
                    .remedy("put PublicKey = " + key + " into this end's file")
                    .tell(
                            Cause.WRONG_PUBLIC_KEY,
                            true,
                            "The far end has another public key than the peer here, so it ignores every packet.")
                    .orElseThrow();
        }
        if (far.us().isEmpty()) {
            return findings.seen("far", "none of its peers has the public key " + own)
                    .remedy("at the far end: wg set IFACE peer " + own + " allowed-ips PREFIX")
                    .tell(
                            Cause.KEY_UNKNOWN_THERE,
                            true,
                            "The far end has no peer with this interface's public key, so it ignores every packet.")
                    .orElseThrow();
        }
        FarFacts.Us us = far.us().get();
        Duration ahead = us.handshake()
                .map(at -> Duration.between(facts.clock().now(), at).minus(skew(facts, far)))
                .orElse(Duration.ZERO);
        if (ahead.compareTo(CLOCK_NOISE) > 0) {
            return clock(
                    findings.seen(
                            "far",
                            "its latest handshake with this end is " + Findings.span(ahead) + " in this host's future"),
                    ahead,
                    true);
        }
        if (far.up().isPresent() && !far.up().get()) {
            return findings.remedy("at the far end: ip link set IFACE up")
                    .tell(Cause.FAR_FIREWALL, true, "The interface at the far end is switched off.")
                    .orElseThrow();
        }
        if (far.listenPort() != 0 && far.listenPort() != port(facts)) {
            findings.seen("far", "it listens on port " + far.listenPort() + ", and packets go to port " + port(facts))
                    .perhaps("nothing forwards port " + port(facts) + " to the far end's port " + far.listenPort());
        }
        return traffic(facts, far, us, findings);
    }

    /// How far the far end's clock is ahead of this one at least, whenever it said so: its handshake times are by
    /// its own clock.
    private static Duration skew(Facts facts, FarFacts far) {
        Duration ahead = far.clock()
                .map(clock -> Duration.between(facts.clock().now(), clock))
                .orElse(Duration.ZERO);
        return ahead.isNegative() ? Duration.ZERO : ahead;
    }

    private static Verdict traffic(Facts facts, FarFacts far, FarFacts.Us us, Findings findings) {
        String spoken = far.live() ? " during the observation" : " ever";
        findings.seen("far", "it received " + us.rx() + " bytes from this end" + spoken + " and sent " + us.tx());
        if (us.rx() == 0 && (facts.isLong() || !far.live())) {
            return findings.remedy("at the far end: let UDP to port " + port(facts) + " pass in the firewall")
                    .tell(
                            Cause.FAR_FIREWALL,
                            true,
                            "What is sent to " + Findings.endpoint(facts)
                                    + " does not reach the far end's WireGuard: its firewall, or one on the way, drops"
                                    + " it.")
                    .orElseThrow();
        }
        if (us.rx() > 0 && far.live() && facts.isLong()) {
            return findings.remedy("at the far end: let UDP from port " + port(facts)
                            + " pass in the firewall, and look at its route to this host")
                    .tell(
                            Cause.FAR_FIREWALL,
                            true,
                            "The far end receives the handshakes, and its answers get lost: its firewall drops them, or"
                                    + " no route leads back.")
                    .orElseThrow();
        }
        return alone(facts, findings);
    }

    private static int port(Facts facts) {
        return facts.peer()
                .flatMap(PeerFacts::endpoint)
                .map(endpoint -> endpoint.port())
                .orElse(0);
    }

    private static Verdict clock(Findings findings, Duration behind, boolean certain) {
        return findings.remedy("set the clock: timedatectl set-ntp true, or: date -s TIME")
                .tell(
                        Cause.CLOCK_BEHIND,
                        certain,
                        "This host's clock is behind by at least " + Findings.span(behind)
                                + ": peers ignore handshakes that are older than the last one.")
                .orElseThrow();
    }

    private static Verdict alone(Facts facts, Findings findings) {
        Duration behind = facts.clock().behind();
        if (behind.compareTo(CLOCK_NOISE) > 0) {
            String source = facts.clock().known().orElseThrow().source();
            return clock(findings.seen("clock", "it is behind " + source), behind, false);
        }
        String endpoint = Findings.endpoint(facts);
        boolean own = facts.way().map(way -> way.kind() == WayFacts.Kind.SELF).orElse(false);
        if (own) {
            findings.perhaps("what listens at " + endpoint + " on this host forwards nothing, or is no WireGuard");
        }
        boolean closedBeside = facts.beside().map(BesideFacts::closed).orElse(false);
        facts.beside()
                .ifPresent(beside -> findings.seen(
                        "probe",
                        beside.closed()
                                ? "port " + beside.port()
                                        + " beside it is answered with port unreachable: the host is alive, and"
                                        + " something takes what is sent to the port of WireGuard"
                                : "port " + beside.port()
                                        + " beside it is not answered either: filtered, or the host is off"));
        if (!closedBeside) {
            findings.perhaps("the far host is off, or a firewall on the way drops the packets");
        }
        findings.perhaps("the far end has no peer with this interface's key ("
                        + facts.link().publicKey().map(key -> key.toBase64()).orElse("none")
                        + "): wg show IFACE peers")
                .perhaps("the peer's public key here is not the far end's: wg show IFACE public-key")
                .perhaps("this host's clock is behind: date -u at both ends")
                .perhaps("the far end's firewall drops the packets or its answers: its counters of this peer tell");
        if (facts.calls() == 0 && facts.isAsked()) {
            findings.seen("wire", "although packets are to be sent, none leaves; the engine may be at its limit");
        }
        boolean heard = facts.count(WireMessage.INITIATION_IN) > 0;
        String sentence = heard
                ? "The far end calls, and this end's answers do not reach it."
                : "Nothing comes back from " + endpoint + ".";
        findings.remedy("at the far end: wg show all dump >FILE, and here: wgj doctor "
                + facts.link().name() + " " + Findings.key(facts) + " --far FILE");
        if (facts.beside().isEmpty()) {
            findings.remedy("or here: wgj doctor " + facts.link().name() + " --probe");
        }
        if (!facts.isLong()) {
            findings.seen("note", "a try of a handshake takes 5 s; watch for 11 s to be sure");
        }
        return findings.tell(Cause.SILENCE, false, sentence).orElseThrow();
    }
}
