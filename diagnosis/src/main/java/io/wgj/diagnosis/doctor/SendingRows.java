// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.netlink.sys.Errno;
import java.time.Duration;
import java.util.Optional;

/// Causes that keep packets from leaving this host, or from getting further than the link.
final class SendingRows {
    /// By then a call has left, and the kernel has asked for the neighbour again.
    private static final Duration CALL = Duration.ofSeconds(2);

    private SendingRows() {}

    static Optional<Verdict> of(Facts facts) {
        if (facts.peer().isEmpty()) {
            return Optional.empty();
        }
        PeerFacts peer = facts.peer().get();
        Optional<Verdict> verdict = unsendable(facts, peer);
        if (verdict.isEmpty()) {
            verdict = routed(facts, peer);
        }
        if (verdict.isEmpty()) {
            verdict = firewall(facts, peer);
        }
        return verdict.isEmpty() ? neighbour(facts) : verdict;
    }

    private static Optional<Verdict> unsendable(Facts facts, PeerFacts peer) {
        String link = facts.link().name();
        Findings findings = new Findings(facts);
        if (peer.endpoint().isEmpty()) {
            return findings.seen("endpoint", "(none)")
                    .traffic()
                    .remedy("wg set " + link + " peer " + peer.key().toBase64() + " endpoint HOST:PORT")
                    .remedy("or make the far end call first: PersistentKeepalive in its file, and this end's endpoint")
                    .tell(
                            Cause.NO_ENDPOINT,
                            true,
                            "The peer has no endpoint: this host does not know where to send to, and the peer has not"
                                    + " called.");
        }
        if (peer.allowedIps().isEmpty()) {
            return findings.seen("peer", "no allowed IPs")
                    .remedy("wg set " + link + " peer " + peer.key().toBase64() + " allowed-ips PREFIX,...")
                    .tell(
                            Cause.NO_ALLOWED_IP,
                            true,
                            "The peer has no allowed IPs: no packet is for it, and none is accepted from it.");
        }
        boolean refused = !facts.inside().unowned().isEmpty()
                || facts.link().backend() == Backend.KERNEL && facts.link().txErrors() > 0;
        if (refused && peer.tx() == 0 && facts.calls() == 0) {
            return InsideRows.unowned(facts);
        }
        if (!facts.isAsked() && facts.way().map(WayFacts::kind).orElse(WayFacts.Kind.OUT) == WayFacts.Kind.OUT) {
            facts.inside().failure().ifPresent(failure -> findings.seen("echo", failure));
            return findings.traffic()
                    .remedy("ping an address behind the peer, or set PersistentKeepalive = 25 for the peer")
                    .tell(Cause.NO_TRAFFIC, false, "No packet is sent to the peer, so WireGuard makes no handshake.");
        }
        return Optional.empty();
    }

    private static Optional<Verdict> routed(Facts facts, PeerFacts peer) {
        if (facts.way().isEmpty()) {
            return Optional.empty();
        }
        WayFacts way = facts.way().get();
        String endpoint = Findings.endpoint(facts);
        String link = facts.link().name();
        Findings findings = new Findings(facts);
        String address = peer.endpoint().orElseThrow().address().text();
        String lookUp = "ip route get " + address
                + (facts.link().mark() == 0
                        ? ""
                        : " mark 0x" + Integer.toHexString(facts.link().mark()));
        return switch (way.kind()) {
            case REFUSED -> {
                String why = way.refusal().orElse("no route");
                findings.seen("route", "to " + address + ": " + why).way().traffic();
                if (facts.counters().outNoRoutes() > 0) {
                    findings.seen(
                            "counters",
                            "Ip: OutNoRoutes grew by " + facts.counters().outNoRoutes());
                }
                yield findings.remedy(lookUp)
                        .remedy("ip route add " + address + " via GATEWAY dev DEVICE")
                        .tell(Cause.NO_ROUTE, true, "No route leads to the endpoint " + endpoint + ": " + why + ".");
            }
            case TUNNEL ->
                findings.way()
                        .traffic()
                        .remedy("Underlay = dev DEVICE in the file, or: ip route add " + address
                                + " via GATEWAY dev DEVICE")
                        .seen("proof", lookUp)
                        .tell(
                                Cause.LOOP,
                                true,
                                "The encrypted packets for " + endpoint + " are routed into " + link
                                        + " itself: the tunnel swallows its own packets.");
            case SELF ->
                peer.endpoint().get().port() == facts.link().listenPort()
                        ? findings.way()
                                .traffic()
                                .remedy("wg set " + link + " peer " + peer.key().toBase64() + " endpoint HOST:PORT")
                                .tell(
                                        Cause.ENDPOINT_IS_SELF,
                                        true,
                                        "The endpoint " + endpoint + " is this host itself, and " + link
                                                + " is what listens there.")
                        : Optional.empty();
            case OUT -> Optional.empty();
        };
    }

    private static Optional<Verdict> firewall(Facts facts, PeerFacts peer) {
        boolean leaves = facts.wire().isPresent() && facts.wire().get().out() > 0;
        if (leaves || !facts.isAsked() || isDead(facts)) {
            return Optional.empty();
        }
        Findings findings = new Findings(facts);
        boolean told = false;
        if (facts.engine().isPresent() && facts.engine().get().sendError().orElse(0) == Errno.EPERM) {
            findings.seen("engine", "sending fails: Operation not permitted");
            told = true;
        }
        if (facts.firewall().isPresent() && facts.hasLasted(CALL)) {
            for (FirewallFacts.RuleCount rule : facts.firewall().get().droppedOut()) {
                findings.seen("firewall", rule.place() + " dropped " + rule.packets() + " packets");
                findings.remedy(rule.command());
                told = true;
            }
        }
        if (!told && !facts.hasLasted(CALL)) {
            return Optional.empty();
        }
        boolean drops = facts.link().backend() == Backend.KERNEL && facts.link().txDrops() > 0;
        boolean discards = facts.link().backend() != Backend.KERNEL
                && peer.tx() == 0
                && facts.counters().outDiscards() > 0;
        if (drops) {
            findings.seen(
                    "link", facts.link().name() + " dropped " + facts.link().txDrops() + " packets");
        }
        if (discards) {
            findings.seen(
                    "counters", "Ip: OutDiscards grew by " + facts.counters().outDiscards());
        }
        if (!told && !drops && !discards) {
            return Optional.empty();
        }
        return findings.traffic()
                .way()
                .remedy("let UDP to " + Findings.endpoint(facts) + " pass in the output chain: nft list ruleset")
                .tell(
                        Cause.OWN_FIREWALL_OUT,
                        told,
                        "This host's own firewall drops the encrypted packets for " + Findings.endpoint(facts) + ".");
    }

    private static boolean isDead(Facts facts) {
        WayFacts.Neighbour state = facts.way().map(WayFacts::neighbour).orElse(WayFacts.Neighbour.UNKNOWN);
        return state == WayFacts.Neighbour.FAILED || state == WayFacts.Neighbour.INCOMPLETE;
    }

    private static Optional<Verdict> neighbour(Facts facts) {
        Findings findings = new Findings(facts);
        boolean told = false;
        for (IcmpReport report : facts.icmp()) {
            if (report.own() && report.meaning() == IcmpReport.Meaning.HOST_UNREACHABLE) {
                findings.seen(
                        "icmp",
                        "this host itself says: host unreachable, "
                                + times(report.sighting().count()),
                        report.sighting().last());
                told = true;
            }
        }
        WayFacts.Neighbour state = facts.way().map(WayFacts::neighbour).orElse(WayFacts.Neighbour.UNKNOWN);
        boolean failed = state == WayFacts.Neighbour.FAILED && facts.isAsked() && facts.hasLasted(CALL);
        if (!told && !failed && !(isDead(facts) && facts.isLong())) {
            return Optional.empty();
        }
        WayFacts way = facts.way().orElseThrow();
        String hop = way.gateway()
                .map(gateway -> "The next hop " + gateway.text())
                .orElse("The endpoint " + Findings.endpoint(facts));
        return findings.seen("neighbour", "its entry on " + findings.device() + " is " + state)
                .way()
                .traffic()
                .remedy("ip neigh show dev " + findings.device() + "; check the cable, the VLAN, and that host")
                .tell(
                        Cause.NEIGHBOUR_DEAD,
                        true,
                        hop + " does not answer on " + findings.device() + ": it is off, or not on this link.");
    }

    static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }
}
