// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.diagnosis.routing.Refusal;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.RuleStep;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.RuleAction;
import io.wgj.netlink.route.TableNames;
import java.util.List;
import java.util.Optional;

/// Tells why a packet does not go into a tunnel.
final class MissedWay {
    private final RouteLookup lookup;
    private final HostSnapshot host;

    MissedWay(RouteLookup lookup) {
        this.lookup = lookup;
        this.host = lookup.snapshot();
    }

    /// The packet is refused, or has no route at all.
    void refused(Story story, String link, FlowQuestion question, LookupResult answer, Optional<Peers.Match> match) {
        Refusal refusal = answer.refusal().orElseThrow();
        String address = question.destination().text();
        boolean noRoute = refusal.reason() == Refusal.Reason.NO_ROUTE;
        switch (refusal.reason()) {
            case RP_FILTER, MARTIAN ->
                story.fail(
                        Verdict.WAY_IN,
                        "A packet from "
                                + question.source().map(from -> from.text()).orElse("nowhere") + " to "
                                + address + " that comes in through "
                                + question.iif().orElse("") + " is dropped: "
                                + refusal.text() + ".");
            case NO_ROUTE ->
                story.fail(
                        Verdict.NO_ROUTE,
                        address + " has no route: " + refusal.error().sentence() + ".");
            default ->
                story.fail(
                        Verdict.REFUSED,
                        address + " is refused: " + refusal.text() + " ("
                                + refusal.error().sentence() + ").");
        }
        Words.passedRules(story, answer);
        errorNote(story, link, question, answer, refusal);
        if (match.isPresent()) {
            story.fact(
                    "peer",
                    Words.key(match.get().peer().publicKey()) + " would take it (allowed ip "
                            + match.get().allowed().text() + "), but routing never asks " + link);
            if (noRoute) {
                story.remedy("ip route add " + match.get().allowed().text() + " dev " + link
                        + "      # Table = off adds no routes");
            }
        }
    }

    /// An error in `main` ends the search before the tunnel's own table is asked.
    private void errorNote(Story story, String link, FlowQuestion question, LookupResult answer, Refusal refusal) {
        if (refusal.reason() != Refusal.Reason.ROUTE || answer.steps().isEmpty()) {
            return;
        }
        PolicyRule last = answer.steps().getLast().rule();
        if (last.suppressPrefixLength().isEmpty()) {
            return;
        }
        story.fact(
                "note",
                "suppress_prefixlength passes over routes, not over errors: an unreachable, blackhole or prohibit"
                        + " route ends the search");
        for (FibRoute route : lookup.covering(question)) {
            if (route.table() != TableNames.MAIN && route.destination().length() == 0 && route.leavesThrough(link)) {
                story.remedy("ip route add unreachable default metric 4000 table " + Wording.table(route.table())
                        + ", and no such route in main: it then guards the tunnel's own table");
                return;
            }
        }
    }

    /// The packet leaves by another device.
    ///
    /// @param knowsPeers whether the tunnel's peers could be read
    void elsewhere(
            Story story,
            NetworkDevice device,
            FlowQuestion question,
            LookupResult answer,
            Optional<Peers.Match> match,
            boolean knowsPeers) {
        String link = device.name();
        story.fail(
                Verdict.ELSEWHERE,
                question.destination().text() + " does not go into " + link + ": it leaves " + Words.leaves(answer)
                        + ".");
        story.fact("decided", Words.way(answer));
        boolean fromTunnel = question.source()
                .filter(source ->
                        device.addresses().stream().map(DeviceAddress::address).anyMatch(source::equals))
                .isPresent();
        if (fromTunnel) {
            story.remedy("ip rule add from " + question.source().get().text() + " table 77; ip route add default dev "
                    + link + " table 77      # answers from this address then go back into " + link);
        }
        Optional<NetworkDevice> vrf = device.master().flatMap(host::device).filter(NetworkDevice::isVrf);
        if (vrf.isPresent() && question.oif().isEmpty()) {
            String name = vrf.get().name();
            story.remedy("ip vrf exec " + name + " COMMAND, or ask `wgj explain " + link + " "
                    + question.destination().text() + " oif " + name + "`      # " + link + " is in the VRF " + name
                    + ", this packet is not");
        }
        boolean hasLoser = losers(story, link, question, answer);
        if (match.isPresent()) {
            String allowed = match.get().allowed().text();
            story.fact(
                    "peer", Words.key(match.get().peer().publicKey()) + " would take it (allowed ip " + allowed + ")");
            if (!fromTunnel && vrf.isEmpty() && !hasLoser) {
                story.remedy("ip route add " + allowed + " dev " + link + "      # Table = off adds no routes");
            }
        } else if (knowsPeers) {
            story.fact("peer", "none of " + link + "'s peers has it in its allowed IPs either");
        }
    }

    /// The routes into the tunnel that did not decide, and why.
    private boolean losers(Story story, String link, FlowQuestion question, LookupResult answer) {
        boolean any = false;
        for (FibRoute route : lookup.covering(question)) {
            if (route.type() == RouteType.UNICAST && route.leavesThrough(link)) {
                story.fact("loser", loser(route, question, answer));
                any = true;
            }
        }
        return any;
    }

    private String loser(FibRoute route, FlowQuestion question, LookupResult answer) {
        Optional<FibRoute> winner = answer.route();
        if (winner.isPresent() && winner.get().table() == route.table()) {
            boolean shorter =
                    route.destination().length() < winner.get().destination().length();
            return route.text() + " in the same table: " + (shorter ? "shorter prefix" : "not the lowest metric");
        }
        String place = route.text() + " in table " + Wording.table(route.table());
        List<NetworkDevice> vrfs = host.devices().stream()
                .filter(device ->
                        device.vrfTable().isPresent() && device.vrfTable().getAsInt() == route.table())
                .toList();
        for (PolicyRule rule : host.rules()) {
            if (rule.family() == question.family() && rule.action() == RuleAction.TO_TABLE) {
                if (rule.l3mdev() && !vrfs.isEmpty()) {
                    return place + ": rule " + Wording.priority(rule) + " leads there only packets of the VRF "
                            + vrfs.getFirst().name();
                }
                if (!rule.l3mdev() && rule.table() == route.table()) {
                    return place + ": its rule " + Wording.priority(rule) + " (" + Wording.rule(rule) + ") "
                            + whyNot(rule, question, answer);
                }
            }
        }
        return place + ", which no rule asks";
    }

    private static String whyNot(PolicyRule rule, FlowQuestion question, LookupResult answer) {
        for (RuleStep step : answer.steps()) {
            if (step.rule().equals(rule)) {
                return "passed over it: " + step.text();
            }
        }
        boolean spares = rule.inverted()
                && rule.mark()
                        .filter(mark -> ((mark.value() ^ question.mark()) & mark.mask()) == 0)
                        .isPresent();
        if (spares) {
            return "leaves out packets with mark 0x" + Integer.toHexString(question.mark());
        }
        boolean later = answer.rule().isPresent()
                && Integer.compareUnsigned(
                                rule.priority().orElse(0),
                                answer.rule().get().priority().orElse(0))
                        > 0;
        return later ? "comes after rule " + Wording.priority(answer.rule().get()) : "does not match this packet";
    }
}
