// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.RuleStep;
import io.wgj.diagnosis.routing.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Explains which way a packet goes through a WireGuard interface, and how its answers come in. The order of the
/// verdicts: the interface is missing, the packet is refused or has no route, it goes elsewhere, no peer takes it,
/// the peer has no endpoint, the ciphertext is refused, loops or has no neighbour, answers are dropped, fragments.
public final class Explainer {
    private static final int MOST_PEERS_TOLD = 3;
    private static final int MOST_PREFIXES_TOLD = 6;

    private final RouteLookup lookup;
    private final HostSnapshot host;
    private final Tunnels tunnels;
    private final OuterWay outerWay;
    private final MissedWay missedWay;

    public Explainer(RouteLookup lookup, Tunnels tunnels) {
        this.lookup = lookup;
        this.host = lookup.snapshot();
        this.tunnels = tunnels;
        outerWay = new OuterWay(lookup, tunnels);
        missedWay = new MissedWay(lookup);
    }

    /// Where a packet goes, told as seen from the interface called `link`.
    public Explanation packet(String link, FlowQuestion question) {
        Story story = new Story();
        tell(story, link, question);
        return story.end();
    }

    /// Why the peers of the interface called `link` cannot be told.
    public Explanation withoutPeers(String link) {
        Story story = new Story();
        missing(story, link, host.device(link));
        return story.end();
    }

    /// How the ciphertext for one peer leaves.
    public Explanation endpoint(String link, PeerState peer) {
        Story story = new Story();
        Optional<NetworkDevice> device = host.device(link);
        Optional<DeviceState> tunnel = tunnels.get(link);
        if (device.isEmpty() || tunnel.isEmpty()) {
            missing(story, link, device);
        } else if (peer.endpoint().isEmpty()) {
            story.fact("peer", Words.key(peer.publicKey()) + ", endpoint not known");
            story.tell("The endpoint of peer " + Words.key(peer.publicKey())
                    + " is not known: nothing can be sent until it calls.");
        } else {
            downOrNot(story, device.get());
            String endpoint = peer.endpoint().get().text();
            story.fact("peer", Words.key(peer.publicKey()) + ", endpoint " + endpoint);
            outerWay.tell(story, tunnel.get(), peer);
            story.tell("Ciphertext for peer " + Words.key(peer.publicKey()) + " (" + endpoint + ") leaves "
                    + story.leaving() + ".");
        }
        return story.end();
    }

    private void tell(Story story, String link, FlowQuestion question) {
        story.proof(question.command());
        Optional<NetworkDevice> device = host.device(link);
        if (device.isEmpty() || !tunnels.has(link)) {
            missing(story, link, device);
            return;
        }
        Optional<DeviceState> tunnel = tunnels.get(link);
        Optional<Peers.Match> match = tunnel.flatMap(state -> Peers.of(state, question.destination()));
        LookupResult answer = lookup.find(question);
        story.inner(question, answer);
        secondLook(story, question, answer);
        if (answer.refusal().isPresent()) {
            missedWay.refused(story, link, question, answer, match);
        } else if (answer.isLocal()) {
            story.fail(
                    Verdict.LOCAL,
                    question.destination().text() + " is this host itself (" + Words.way(answer)
                            + "): nothing goes through " + link + ".");
        } else if (!answer.mayLeaveBy(link)) {
            missedWay.elsewhere(story, device.get(), question, answer, match, tunnel.isPresent());
        } else {
            into(story, device.get(), question, answer, match);
        }
    }

    private void missing(Story story, String link, Optional<NetworkDevice> device) {
        if (device.isEmpty()) {
            story.fail(Verdict.NO_INTERFACE, "There is no interface " + link + ".");
        } else if (tunnels.isUnreadable(link)) {
            unknownPeers(story, link);
        } else {
            story.fail(Verdict.NOT_WIREGUARD, link + " is not a WireGuard interface.");
        }
    }

    private static void unknownPeers(Story story, String link) {
        story.fail(
                Verdict.PEERS_UNKNOWN,
                "Only root and a running monitor know the peers of " + link + ": what is inside cannot be told.");
        story.remedy("run it as root, or start the monitor and join the group wgj");
    }

    private static void downOrNot(Story story, NetworkDevice device) {
        if (!device.up()) {
            story.fail(Verdict.DOWN, device.name() + " is down.");
            story.remedy("ip link set " + device.name() + " up");
        }
    }

    /// The packet goes into the interface.
    private void into(
            Story story,
            NetworkDevice device,
            FlowQuestion question,
            LookupResult answer,
            Optional<Peers.Match> match) {
        String link = device.name();
        String address = question.destination().text();
        routed(story, answer);
        downOrNot(story, device);
        Optional<DeviceState> tunnel = tunnels.get(link);
        if (tunnel.isEmpty()) {
            unknownPeers(story, link);
            return;
        }
        if (match.isEmpty()) {
            story.fail(
                    Verdict.NO_PEER,
                    address + " is routed into " + link
                            + ", but no peer has it in its allowed IPs: the packet is dropped"
                            + " (\"Required key not available\").");
            nearest(story, tunnel.get(), answer);
            story.proof("wg show " + link + " allowed-ips");
            return;
        }
        PeerState peer = match.get().peer();
        String name = Words.key(peer.publicKey());
        story.fact(
                "peer",
                name + " by allowed ip " + match.get().allowed().text()
                        + peer.endpoint().map(to -> ", endpoint " + to.text()).orElse(""));
        for (Peers.Match other : Peers.covering(tunnel.get(), question.destination())) {
            if (!other.peer().publicKey().equals(peer.publicKey())) {
                story.fact(
                        "overlap",
                        Words.key(other.peer().publicKey()) + " has "
                                + other.allowed().text() + " too; the longer prefix wins, whichever peer is alive");
            }
        }
        if (peer.endpoint().isEmpty()) {
            story.fail(
                    Verdict.NO_ENDPOINT,
                    address + " belongs to peer " + name + ", whose endpoint is not known: nothing can be sent until"
                            + " it calls (\"Destination address required\").");
            return;
        }
        outerWay.tell(story, tunnel.get(), peer);
        story.tell(address + " goes into " + link + ", to peer " + name + "; encrypted to "
                + peer.endpoint().get().text() + ", it leaves " + story.leaving() + ".");
    }

    private static void routed(Story story, LookupResult answer) {
        for (RuleStep step : answer.steps()) {
            if (step.outcome() == RuleStep.Outcome.SUPPRESSED) {
                story.fact("before", Words.rule(step.rule()) + ": " + step.text());
            }
        }
        story.fact("rule", answer.rule().map(Words::rule).orElse(answer.note()));
        answer.route()
                .ifPresent(route -> story.fact(
                        "route", route.text() + ", table " + Wording.table(route.table()) + Words.source(answer)));
        if (answer.choices().size() > 1) {
            story.fact("choice", "leaves " + Words.leaves(answer) + "; which one depends on the flow");
        }
    }

    /// IPv4: TCP and connected UDP look twice, the second time with the source they got; `from` rules then count.
    private void secondLook(Story story, FlowQuestion question, LookupResult answer) {
        boolean looksAtSource = host.rules().stream()
                .anyMatch(rule -> rule.family() == IpFamily.V4 && rule.from().isPresent());
        Optional<IpAddress> source = answer.source();
        if (question.family() == IpFamily.V6
                || question.source().isPresent()
                || question.iif().isPresent()
                || source.isEmpty()
                || !looksAtSource) {
            return;
        }
        FlowQuestion again = question.from(source.get());
        LookupResult second = lookup.find(again);
        if (second.device().equals(answer.device()) && second.gateway().equals(answer.gateway())) {
            return;
        }
        String way = second.refusal().isPresent()
                ? second.refusal().get().text()
                : Words.leaves(second) + ": " + Words.way(second);
        story.fact(
                "but",
                "with its source " + source.get().text() + " known (TCP, connected UDP) it goes elsewhere: " + way);
        story.proof(again.command());
    }

    private static void nearest(Story story, DeviceState tunnel, LookupResult answer) {
        List<PeerState> peers = tunnel.peers();
        for (PeerState peer : peers.subList(0, Math.min(peers.size(), MOST_PEERS_TOLD))) {
            story.fact("has", Words.key(peer.publicKey()) + ": " + prefixes(peer.allowedIps()));
        }
        boolean single = peers.size() == 1
                && answer.route()
                        .filter(route -> route.destination().length() > 0)
                        .isPresent();
        if (single) {
            List<String> all = new ArrayList<>();
            peers.getFirst().allowedIps().forEach(prefix -> all.add(prefix.text()));
            all.add(answer.route().get().destination().text());
            story.remedy("AllowedIPs = " + String.join(", ", all));
        } else {
            story.remedy("add the address to the AllowedIPs of the peer behind which it is");
        }
    }

    private static String prefixes(List<IpPrefix> prefixes) {
        if (prefixes.isEmpty()) {
            return "(none)";
        }
        List<String> texts = new ArrayList<>();
        prefixes.stream().limit(MOST_PREFIXES_TOLD).forEach(prefix -> texts.add(prefix.text()));
        return String.join(", ", texts) + (prefixes.size() > MOST_PREFIXES_TOLD ? " " + Words.DOTS : "");
    }
}
