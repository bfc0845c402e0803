// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.time.Duration;
import java.util.Optional;

/// Causes that something shows which comes back: ICMP errors, answers that are dropped here, cookies.
final class AnswerRows {
    private static final Duration TO_BE_TAKEN = Duration.ofSeconds(1);

    private AnswerRows() {}

    static Optional<Verdict> of(Facts facts) {
        Optional<Verdict> verdict = icmp(facts, true);
        if (verdict.isEmpty()) {
            verdict = icmp(facts, false);
        }
        int arrivals = facts.count(WireMessage.RESPONSE_IN) + facts.count(WireMessage.INITIATION_IN);
        if (verdict.isEmpty() && arrivals > 0 && isSettled(facts)) {
            verdict = lost(facts, arrivals);
        }
        return verdict.isEmpty() ? cookies(facts) : verdict;
    }

    /// Whether something arrived so long ago that WireGuard has taken it, or never will.
    private static boolean isSettled(Facts facts) {
        for (WireMessage message : new WireMessage[] {WireMessage.RESPONSE_IN, WireMessage.INITIATION_IN}) {
            Optional<Sighting> sighting = facts.wire().flatMap(wire -> wire.sighting(message));
            if (sighting.isPresent()
                    && !sighting.get()
                            .first()
                            .plus(TO_BE_TAKEN)
                            .isAfter(facts.clock().now())) {
                return true;
            }
        }
        return false;
    }

    /// @param ports whether to look for closed ports, or for all other refusals
    private static Optional<Verdict> icmp(Facts facts, boolean ports) {
        for (IcmpReport report : facts.icmp()) {
            boolean closed = report.meaning() == IcmpReport.Meaning.PORT_CLOSED;
            boolean tells = closed || report.meaning() != IcmpReport.Meaning.TOO_BIG && !report.own();
            if (tells && closed == ports) {
                String from = report.from().text();
                Findings findings = new Findings(facts)
                        .seen(
                                "icmp",
                                from + " says: " + report.meaning().words() + " (" + report.type() + "/"
                                        + report.code() + "), "
                                        + SendingRows.times(report.sighting().count()),
                                report.sighting().last())
                        .traffic();
                return closed ? closed(facts, from, findings) : refused(facts, from, report, findings);
            }
        }
        return Optional.empty();
    }

    private static Optional<Verdict> closed(Facts facts, String from, Findings findings) {
        facts.far().ifPresent(far -> {
            if (far.listenPort() != 0) {
                findings.seen("far", far.source() + ": its interface listens on port " + far.listenPort());
            }
        });
        return findings.remedy("at the far end: wg show IFACE listen-port; wg set IFACE listen-port "
                        + facts.peer()
                                .flatMap(PeerFacts::endpoint)
                                .orElseThrow()
                                .port())
                .perhaps("the interface at the far end is down")
                .perhaps("it listens on another port")
                .tell(
                        Cause.PORT_CLOSED,
                        true,
                        "Nothing listens at " + Findings.endpoint(facts) + ": " + from + " says so.");
    }

    private static Optional<Verdict> refused(Facts facts, String from, IcmpReport report, Findings findings) {
        boolean isEnd = facts.peer()
                .flatMap(PeerFacts::endpoint)
                .map(endpoint -> endpoint.address().equals(report.from()))
                .orElse(false);
        return findings.remedy(
                        isEnd
                                ? "let UDP to its listen port pass in the firewall of the far end"
                                : "ask the operator of " + from)
                .tell(
                        Cause.REFUSED,
                        true,
                        (isEnd ? "The far end's host " + from : "The router " + from) + " refuses the packets for "
                                + Findings.endpoint(facts) + ": "
                                + report.meaning().words() + ".");
    }

    private static Optional<Verdict> lost(Facts facts, int arrivals) {
        CounterFacts counters = facts.counters();
        Findings findings = new Findings(facts).traffic();
        String endpoint = Findings.endpoint(facts);
        if (counters.rpFilter() >= arrivals) {
            return findings.seen("counters", "TcpExt: IPReversePathFilter grew by " + counters.rpFilter())
                    .way()
                    .remedy("sysctl net.ipv4.conf.all.src_valid_mark=1 (and the mark restored by the firewall, as"
                            + " wg-quick does)")
                    .remedy("or: sysctl net.ipv4.conf." + findings.device() + ".rp_filter=2")
                    .tell(
                            Cause.RP_FILTER,
                            true,
                            "Answers from " + endpoint + " arrive on " + findings.device()
                                    + ", and this host's reverse-path filter (rp_filter) drops them.");
        }
        Optional<Verdict> verdict = firewall(facts, arrivals, findings);
        if (verdict.isPresent()) {
            return verdict;
        }
        boolean unverified = facts.engine()
                .map(engine -> engine.dropped("handshake_bad_authenticator") > 0)
                .orElse(false);
        if (unverified) {
            findings.seen("engine", "the answer cannot be verified (handshake_bad_authenticator)");
        }
        boolean taken = unverified || isTaken(facts, arrivals);
        if (taken && facts.count(WireMessage.RESPONSE_IN) > 0) {
            return findings.seen("counters", "neither rp_filter nor a rule of the firewall counts a drop")
                    .remedy("set the same PresharedKey at both ends, or remove it at both: wg set "
                            + facts.link().name() + " peer " + Findings.key(facts) + " preshared-key FILE")
                    .tell(
                            Cause.PRESHARED_KEYS_DIFFER,
                            unverified,
                            "Answers from " + endpoint
                                    + " arrive and do not verify: the preshared keys of the two ends differ.");
        }
        if (facts.count(WireMessage.RESPONSE_OUT) > 0 || !facts.isLong()) {
            return Optional.empty();
        }
        return findings.perhaps("this host's firewall drops them: nft list ruleset, iptables-save -c")
                .perhaps(
                        facts.count(WireMessage.RESPONSE_IN) > 0
                                ? "the preshared keys differ"
                                : "the far end's clock is behind, or it uses another key than the peer here")
                .tell(
                        Cause.ANSWERS_LOST,
                        false,
                        "Packets of " + endpoint + " arrive on " + findings.device()
                                + ", and WireGuard does not accept them.");
    }

    private static Optional<Verdict> firewall(Facts facts, int arrivals, Findings findings) {
        boolean counted = false;
        if (facts.firewall().isPresent()) {
            for (FirewallFacts.RuleCount rule : facts.firewall().get().droppedIn()) {
                findings.seen("firewall", rule.place() + " dropped " + rule.packets() + " packets");
                findings.remedy(rule.command());
                counted = true;
            }
        }
        boolean undelivered =
                facts.counters().udpIn() < arrivals && facts.counters().rpFilter() == 0;
        if (undelivered) {
            findings.seen("counters", "no socket of this host took them (Udp: InDatagrams)");
        }
        if (!undelivered && !(counted && facts.engine().isPresent() && !isTaken(facts, arrivals))) {
            return Optional.empty();
        }
        return findings.remedy(
                        "let UDP from " + Findings.endpoint(facts) + " pass in the input chain: nft list ruleset")
                .tell(
                        Cause.OWN_FIREWALL_IN,
                        counted,
                        "Answers from " + Findings.endpoint(facts) + " arrive on " + findings.device()
                                + ", and this host's own firewall drops them.");
    }

    /// Whether WireGuard has certainly got what arrived.
    private static boolean isTaken(Facts facts, int arrivals) {
        if (facts.engine().isPresent()) {
            EngineFacts engine = facts.engine().get();
            return engine.dropped("handshake_bad_authenticator") + engine.dropped("handshake_unexpected") > 0;
        }
        boolean open = facts.firewall().isPresent() && !facts.firewall().get().mayDropIn();
        return open || facts.counters().udpIn() == arrivals;
    }

    private static Optional<Verdict> cookies(Facts facts) {
        return facts.count(WireMessage.COOKIE_IN) == 0 || facts.count(WireMessage.RESPONSE_IN) > 0
                ? Optional.empty()
                : new Findings(facts)
                        .traffic()
                        .remedy("wait; at the far end look for a flood of handshakes")
                        .tell(
                                Cause.FAR_UNDER_LOAD,
                                facts.isLong(),
                                "The far end is under load: it answers handshakes of " + Findings.endpoint(facts)
                                        + " with cookies.");
    }
}
