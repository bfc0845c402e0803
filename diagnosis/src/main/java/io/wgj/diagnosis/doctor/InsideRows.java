// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Verdicts on a tunnel whose handshake works: it is healthy, or nothing gets through.
final class InsideRows {
    private static final Duration TO_BE_DELIVERED = Duration.ofSeconds(1);
    private static final int OVERHEAD = 60;
    private static final int OVERHEAD6 = 80;
    /// The least that IPv6 allows.
    private static final int LEAST_MTU = Echoes.LEAST;

    private InsideRows() {}

    static Verdict of(Facts facts) {
        Optional<Verdict> verdict = facts.inside().answered() > 0 ? large(facts) : unanswered(facts);
        return verdict.isPresent() ? verdict.get() : healthy(facts);
    }

    private static Verdict healthy(Facts facts) {
        PeerFacts peer = facts.peer().orElseThrow();
        InsideFacts inside = facts.inside();
        Findings findings = new Findings(facts);
        peer.handshake().ifPresent(at -> findings.seen("handshake", "the latest one", at));
        if (inside.answered() > 0) {
            findings.seen("echo", inside.target().orElseThrow().text() + " answers");
        } else if (inside.asked() > 0) {
            findings.seen(
                    "echo", inside.target().orElseThrow().text() + " does not answer an echo, which may be right");
        }
        findings.traffic().way();
        mtu(facts).ifPresent(text -> findings.seen("mtu", text));
        if (!inside.unowned().isEmpty()) {
            findings.seen("note", "no peer has these addresses among its allowed IPs: " + list(inside.unowned()));
        }
        if (inside.largeAnswered().orElse(false)) {
            findings.seen("echo", "one of " + facts.link().mtu() + " bytes is answered, too");
        }
        boolean certain = inside.answered() > 0 || facts.isLong();
        return findings.tell(
                        Cause.HEALTHY,
                        certain,
                        inside.answered() > 0 || inside.arrived() > 0
                                ? "The tunnel works: the handshake is done, and packets come back."
                                : "The handshake works.")
                .orElseThrow();
    }

    /// The MTU, where it is too large for the way outside.
    private static Optional<String> mtu(Facts facts) {
        int outer = facts.way().map(WayFacts::mtu).orElse(0);
        int inner = facts.link().mtu();
        if (outer == 0 || inner == 0) {
            return Optional.empty();
        }
        Optional<IpAddress> address = facts.peer().flatMap(PeerFacts::endpoint).map(Endpoint.Numeric::address);
        boolean ipv6 = address.isPresent() && address.get().family() == IpFamily.V6;
        int overhead = ipv6 ? OVERHEAD6 : OVERHEAD;
        return inner + overhead <= outer
                ? Optional.empty()
                : Optional.of(facts.link().name() + " lets " + inner + " bytes in, that makes " + (inner + overhead)
                        + " outside, and the way takes " + outer + ": larger packets go in fragments; MTU = "
                        + (outer - overhead) + " avoids that");
    }

    private static Optional<Verdict> large(Facts facts) {
        if (facts.inside().largeAnswered().orElse(true)) {
            return Optional.empty();
        }
        String link = facts.link().name();
        boolean least = facts.inside().leastAnswered().orElse(false);
        Findings findings = new Findings(facts)
                .seen(
                        "echo",
                        "a small one is answered, one of " + facts.link().mtu() + " bytes is not"
                                + (least ? ", one of " + LEAST_MTU + " bytes is" : ""));
        mtu(facts).ifPresent(text -> findings.seen("mtu", text));
        if (!least) {
            findings.perhaps("the host behind the tunnel answers no large echo, and the MTU is right")
                    .perhaps("the way drops fragments: a smaller MTU for " + link + " avoids them");
        }
        return findings.traffic()
                .remedy("ip link set " + link + " mtu " + LEAST_MTU + ", and MTU = " + LEAST_MTU
                        + " in the file; then search for the largest that passes")
                .tell(
                        Cause.MTU_TOO_LARGE,
                        least,
                        "The handshake works and small packets pass, but packets of full size get lost: the MTU is too"
                                + " large.");
    }

    /// Why the echo has no answer.
    private static Optional<Verdict> unanswered(Facts facts) {
        InsideFacts inside = facts.inside();
        if (!inside.unowned().isEmpty() && inside.arrived() == 0) {
            return unowned(facts);
        }
        Findings findings = new Findings(facts);
        if (!inside.foreign().isEmpty() && !inside.forwards()) {
            return findings.seen("inside", "packets for these hosts come out of the tunnel: " + list(inside.foreign()))
                    .seen("sysctl", "forwarding is 0 on " + facts.link().name())
                    .remedy("sysctl net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1")
                    .tell(
                            Cause.FORWARDING_OFF,
                            true,
                            "The handshake works, and this host does not forward what arrives for others.");
        }
        if (inside.asked() == 0) {
            return Optional.empty();
        }
        Optional<Verdict> dropped = droppedHere(facts, findings);
        return dropped.isPresent() || inside.arrived() > 0 ? dropped : silent(facts, findings);
    }

    private static Optional<Verdict> droppedHere(Facts facts, Findings findings) {
        InsideFacts inside = facts.inside();
        String link = facts.link().name();
        if (inside.replies() > 0 && facts.hasLasted(TO_BE_DELIVERED)) {
            return undelivered(facts, findings);
        }
        long disallowed = facts.engine()
                        .map(engine -> engine.dropped("rx_disallowed_inner_source"))
                        .orElse(0L)
                + (facts.link().backend() == Backend.KERNEL ? facts.link().rxErrors() : 0);
        if (disallowed > 0 && inside.arrived() == 0) {
            return findings.seen("link", disallowed + " packets of the peer had a source outside its allowed IPs")
                    .remedy("wg set " + link + " peer " + Findings.key(facts) + " allowed-ips PREFIX,... with all"
                            + " addresses behind it")
                    .tell(
                            Cause.NEAR_ALLOWED_IPS,
                            true,
                            "The handshake works, and this host drops what arrives: its source is not among the peer's"
                                    + " allowed IPs.");
        }
        return Optional.empty();
    }

    /// Replies to the echo come out of the interface, and the socket that asked gets none.
    private static Optional<Verdict> undelivered(Facts facts, Findings findings) {
        String link = facts.link().name();
        findings.seen("inside", facts.inside().replies() + " replies came out of " + link);
        if (facts.counters().rpFilter() >= facts.inside().replies()) {
            return findings.seen(
                            "counters",
                            "TcpExt: IPReversePathFilter grew by "
                                    + facts.counters().rpFilter())
                    .remedy("sysctl net.ipv4.conf." + link + ".rp_filter=2, or a route to their sources by " + link)
                    .tell(
                            Cause.INNER_RP_FILTER,
                            true,
                            "The handshake works, and this host's reverse-path filter (rp_filter) drops what comes out"
                                    + " of " + link + ".");
        }
        boolean counted = false;
        if (facts.firewall().isPresent()) {
            for (FirewallFacts.RuleCount rule : facts.firewall().get().droppedIn()) {
                findings.seen("firewall", rule.place() + " dropped " + rule.packets() + " packets");
                findings.remedy(rule.command());
                counted = true;
            }
        }
        return findings.remedy("let what comes from " + link + " pass in the input chain: nft list ruleset")
                .tell(
                        Cause.OWN_FIREWALL_IN,
                        counted,
                        "The handshake works, and this host's own firewall drops what comes out of " + link + ".");
    }

    private static Optional<Verdict> silent(Facts facts, Findings findings) {
        InsideFacts inside = facts.inside();
        IpAddress target = inside.target().orElseThrow();
        findings.seen("echo", target.text() + " does not answer (" + inside.asked() + " sent)")
                .traffic();
        if (facts.far().flatMap(FarFacts::us).isPresent() && !farTakesUs(facts, target.family())) {
            return findings.seen(
                            "far",
                            "its allowed IPs for this end: "
                                    + facts.far().get().us().get().allowedIps())
                    .remedy("at the far end: wg set IFACE peer "
                            + facts.link().publicKey().orElseThrow().toBase64() + " allowed-ips "
                            + facts.link().addresses().stream()
                                    .map(prefix ->
                                            IpPrefix.host(prefix.address()).text())
                                    .reduce((one, two) -> one + "," + two)
                                    .orElse("PREFIX"))
                    .tell(
                            Cause.FAR_ALLOWED_IPS,
                            true,
                            "The handshake works, and the far end drops what this end sends: its allowed IPs do not"
                                    + " cover this end's addresses.");
        }
        if (!facts.conflicts().isEmpty()) {
            return findings.remedy("give the tunnel an address and a network that no other interface has")
                    .tell(
                            Cause.ADDRESS_CONFLICT,
                            false,
                            "The handshake works, and an address of the tunnel is on another interface too.");
        }
        for (IcmpReport report : facts.icmp()) {
            if (report.meaning() == IcmpReport.Meaning.TOO_BIG) {
                return findings.seen(
                                "icmp",
                                report.from().text() + " says: packet too big",
                                report.sighting().last())
                        .remedy("ip link set " + facts.link().name() + " mtu 1280")
                        .tell(
                                Cause.MTU_TOO_LARGE,
                                true,
                                "The handshake works, and larger packets do not pass: the MTU" + " is too large.");
            }
        }
        if (!inside.shouldAnswer() || !facts.isLong()) {
            return Optional.empty();
        }
        return findings.perhaps("nothing has the address " + target.text() + " there, or it does not answer an echo")
                .perhaps("the far end's allowed IPs for this end do not cover its addresses: wg show IFACE allowed-ips")
                .perhaps("the far end's firewall drops what comes out of its tunnel")
                .perhaps("the far end does not forward: sysctl net.ipv4.ip_forward, or no route leads back")
                .remedy("at the far end: wg show all dump >FILE, and here: wgj doctor "
                        + facts.link().name() + " " + Findings.key(facts) + " --far FILE")
                .tell(
                        Cause.NOTHING_INSIDE,
                        false,
                        "The handshake works, but " + target.text() + " behind the peer does not answer.");
    }

    private static boolean farTakesUs(Facts facts, IpFamily family) {
        FarFacts.Us us = facts.far().flatMap(FarFacts::us).orElseThrow();
        boolean any = false;
        for (IpPrefix address : facts.link().addresses()) {
            if (address.family() == family && !address.address().isLinkLocal()) {
                any = true;
                for (IpPrefix allowed : us.allowedIps()) {
                    if (allowed.contains(address.address())) {
                        return true;
                    }
                }
            }
        }
        return !any;
    }

    /// Packets go into the interface, and no peer takes them.
    static Optional<Verdict> unowned(Facts facts) {
        Map<IpAddress, Integer> unowned = facts.inside().unowned();
        Findings findings = new Findings(facts);
        String link = facts.link().name();
        if (!unowned.isEmpty()) {
            findings.seen("inside", "packets to these addresses went into " + link + ": " + list(unowned));
        }
        if (facts.link().txErrors() > 0) {
            findings.seen(
                    "link", link + " refused " + facts.link().txErrors() + " packets (Required key not available)");
        }
        facts.peer().ifPresent(peer -> findings.seen("peer", "has " + peer.allowedIps()));
        return findings.remedy("wg set " + link + " peer " + Findings.key(facts)
                        + " allowed-ips PREFIX,... with all that it has and the missing ones")
                .tell(
                        Cause.NO_ALLOWED_IP,
                        !unowned.isEmpty(),
                        unowned.isEmpty()
                                ? "Packets go into " + link + ", and no peer has their destination in its allowed IPs."
                                : "No peer has " + ordered(unowned).firstKey() + " in its allowed IPs: " + link
                                        + " drops what is sent there.");
    }

    private static SortedMap<String, Integer> ordered(Map<IpAddress, Integer> counts) {
        SortedMap<String, Integer> ordered = new TreeMap<>();
        counts.forEach((address, count) -> ordered.put(address.text(), count));
        return ordered;
    }

    private static String list(Map<IpAddress, Integer> counts) {
        StringBuilder text = new StringBuilder();
        ordered(counts)
                .forEach((address, count) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(address)
                        .append(" (")
                        .append(count)
                        .append(')'));
        return text.toString();
    }
}
