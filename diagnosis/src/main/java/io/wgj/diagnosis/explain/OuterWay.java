// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.diagnosis.routing.NextHopChoice;
import io.wgj.diagnosis.routing.Refusal;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Neighbour;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.RuleAction;
import io.wgj.netlink.route.TableNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Tells the way of the ciphertext for one peer: its route, loops, tunnels inside tunnels, sizes, and how the far
/// end's packets come in.
final class OuterWay {
    /// What encryption adds: IP, UDP, 16 bytes of header and 16 of tag. Padding never exceeds the inner MTU.
    private static final int ADDED4 = 60;

    private static final int ADDED6 = 80;

    private final RouteLookup lookup;
    private final HostSnapshot host;
    private final Tunnels tunnels;

    OuterWay(RouteLookup lookup, Tunnels tunnels) {
        this.lookup = lookup;
        this.host = lookup.snapshot();
        this.tunnels = tunnels;
    }

    /// Adds the way of the ciphertext for `peer`, which has an endpoint.
    void tell(Story story, DeviceState tunnel, PeerState peer) {
        tell(story, tunnel, peer, new HashSet<>());
    }

    private void tell(Story story, DeviceState tunnel, PeerState peer, Set<String> outerOf) {
        Endpoint.Numeric endpoint = peer.endpoint().orElseThrow();
        String link = tunnel.name().text();
        FlowQuestion question = question(tunnel, endpoint);
        LookupResult answer = lookup.find(question);
        story.outer(link, peer.publicKey(), endpoint, question, answer);
        story.proof(question.command());
        String mark = mark(tunnel.fwmark());
        if (answer.refusal().isPresent()) {
            story.leaving("");
            refused(story, endpoint, answer, mark);
            return;
        }
        story.leaving(Words.leaves(answer));
        if (answer.isLocal()) {
            local(story, link, endpoint);
            return;
        }
        story.fact(
                "outside",
                endpoint.address().text() + " " + Words.leaves(answer) + Words.source(answer) + ", " + mark + ": "
                        + Words.way(answer));
        if (answer.mayLeaveBy(link)) {
            loop(story, tunnel, endpoint);
            return;
        }
        size(story, link, endpoint.address().family(), answer);
        if (nested(story, tunnel, endpoint, answer, outerOf)) {
            return;
        }
        neighbour(story, endpoint, answer);
        wayIn(story, tunnel, endpoint, answer);
    }

    private FlowQuestion question(DeviceState tunnel, Endpoint.Numeric endpoint) {
        FlowQuestion question =
                FlowQuestion.ciphertext(endpoint.address(), endpoint.port(), tunnel.listenPort(), tunnel.fwmark());
        if (endpoint.scopeId() == 0) {
            return question;
        }
        Optional<String> zone = host.devices().stream()
                .filter(device -> device.index() == endpoint.scopeId())
                .map(NetworkDevice::name)
                .findFirst();
        return zone.isPresent() ? question.boundTo(zone.get()) : question;
    }

    private static String mark(int mark) {
        return mark == 0 ? "no mark" : "mark 0x" + Integer.toHexString(mark);
    }

    private void refused(Story story, Endpoint.Numeric endpoint, LookupResult answer, String mark) {
        Refusal refusal = answer.refusal().orElseThrow();
        story.fail(
                Verdict.OUTSIDE_NO_ROUTE,
                "The endpoint " + endpoint.text() + " cannot be reached: " + refusal.text() + " ("
                        + refusal.error().sentence() + "). Nothing is sent.");
        story.fact("outside", mark + ": " + refusal.text());
        IpFamily family = endpoint.address().family();
        boolean hasDefault = host.routes().stream()
                .anyMatch(route -> route.family() == family
                        && route.destination().length() == 0
                        && route.type() == RouteType.UNICAST);
        if (refusal.reason() == Refusal.Reason.NO_ROUTE && !hasDefault) {
            story.fact("note", "this host has no default route for " + family);
        }
        Words.passedRules(story, answer);
    }

    private void local(Story story, String link, Endpoint.Numeric endpoint) {
        Optional<String> listener = tunnels.listeningOn(endpoint.port());
        if (listener.filter(link::equals).isPresent()) {
            story.fail(
                    Verdict.OUTSIDE_LOCAL,
                    "The endpoint " + endpoint.text() + " is this host itself (port of " + link + ").");
        }
        story.fact(
                "outside",
                endpoint.address().text() + " is this host itself"
                        + (listener.isPresent()
                                ? ", port " + endpoint.port() + " is " + listener.get() + "'s"
                                : ", and no WireGuard interface here listens on " + endpoint.port()));
    }

    private void loop(Story story, DeviceState tunnel, Endpoint.Numeric endpoint) {
        String link = tunnel.name().text();
        IpAddress address = endpoint.address();
        story.fail(
                Verdict.LOOP,
                "The ciphertext for " + endpoint.text() + " would be routed into " + link
                        + " itself: the tunnel swallows its own packets, nothing leaves this host.");
        if (tunnel.fwmark() == 0) {
            sparingRule(address.family())
                    .ifPresent(rule -> story.remedy("wg set " + link + " fwmark 0x"
                            + Integer.toHexString(rule.mark().orElseThrow().value())
                            + "      # rule " + Wording.priority(rule) + " leaves out packets with this mark, but "
                            + link + " sets none"));
        }
        for (FibRoute route : lookup.covering(FlowQuestion.to(address))) {
            FibNextHop hop = route.nextHops().getFirst();
            if (route.table() == TableNames.MAIN
                    && route.type() == RouteType.UNICAST
                    && !route.leavesThrough(link)
                    && hop.device().isPresent()) {
                String device = hop.device().get();
                story.remedy("Underlay = dev " + device + " in the file, or: ip route add " + address.text()
                        + hop.gateway().map(gateway -> " via " + gateway.text()).orElse("") + " dev " + device);
                return;
            }
        }
    }

    /// A rule that leaves out packets with a mark, as wg-quick's.
    private Optional<PolicyRule> sparingRule(IpFamily family) {
        return host.rules().stream()
                .filter(rule -> rule.family() == family
                        && rule.inverted()
                        && rule.mark().isPresent()
                        && rule.action() == RuleAction.TO_TABLE)
                .findFirst();
    }

    private void size(Story story, String link, IpFamily family, LookupResult answer) {
        int added = family == IpFamily.V4 ? ADDED4 : ADDED6;
        int inner = host.device(link).map(NetworkDevice::mtu).orElse(0);
        int outer = Integer.MAX_VALUE;
        String narrowest = "";
        for (NextHopChoice choice : answer.choices()) {
            int mtu = host.device(choice.device()).map(NetworkDevice::mtu).orElse(Integer.MAX_VALUE);
            if (mtu < outer) {
                outer = mtu;
                narrowest = choice.device();
            }
        }
        if (narrowest.isEmpty()) {
            return;
        }
        String sizes = link + " lets " + inner + " bytes in, that makes " + (inner + added) + " outside, " + narrowest
                + " takes " + outer;
        if (inner + added <= outer) {
            story.fact("size", sizes);
            return;
        }
        int fitting = outer - added;
        story.fact("size", sizes + ": such packets leave in fragments, which many networks drop");
        story.remedy("MTU = " + fitting + " for " + link);
        if (story.isWell()) {
            story.fail(
                    Verdict.MTU,
                    "Small packets pass; those above " + fitting + " bytes are sent in fragments: the MTU of " + link
                            + " (" + inner + ") is too large for " + narrowest + " (" + outer + ").");
        }
    }

    /// Tells of another tunnel that the ciphertext goes into; whether there is one.
    private boolean nested(
            Story story, DeviceState tunnel, Endpoint.Numeric endpoint, LookupResult answer, Set<String> outerOf) {
        String link = tunnel.name().text();
        outerOf.add(link);
        for (NextHopChoice choice : answer.choices()) {
            String device = choice.device();
            if (outerOf.contains(device)) {
                story.fail(
                        Verdict.LOOP,
                        "The tunnels are routed into each other: the ciphertext of " + link + " goes into " + device
                                + ", and that of " + device + " into " + link + ". Nothing leaves this host.");
                return true;
            }
            if (tunnels.isUnreadable(device)) {
                story.fact("nested", "inside " + device + ", whose peers only root and a running monitor know");
                return true;
            }
            Optional<DeviceState> around = tunnels.get(device);
            if (around.isPresent()) {
                inside(story, around.get(), endpoint, outerOf);
                return true;
            }
        }
        return false;
    }

    private void inside(Story story, DeviceState around, Endpoint.Numeric endpoint, Set<String> outerOf) {
        String device = around.name().text();
        Optional<Peers.Match> match = Peers.of(around, endpoint.address());
        if (match.isEmpty()) {
            story.fail(
                    Verdict.OUTSIDE_NO_PEER,
                    "The ciphertext goes into the tunnel " + device + ", where no peer has "
                            + endpoint.address().text() + " in its allowed IPs: it is dropped there.");
            return;
        }
        PeerState peer = match.get().peer();
        story.fact(
                "nested",
                "inside " + device + ", to peer " + Words.key(peer.publicKey()) + " by "
                        + match.get().allowed().text());
        if (peer.endpoint().isPresent()) {
            String leaving = story.leaving();
            tell(story, around, peer, outerOf);
            story.leaving(leaving);
        }
    }

    private void neighbour(Story story, Endpoint.Numeric endpoint, LookupResult answer) {
        String device = answer.device().orElse("");
        IpAddress next = answer.gateway().orElse(endpoint.address());
        for (Neighbour neighbour : host.neighbours()) {
            if (neighbour.isFailed()
                    && neighbour.address().equals(next)
                    && neighbour.device().equals(device)) {
                story.fail(
                        Verdict.NEIGHBOUR,
                        "The next hop " + next.text() + " on " + device
                                + " does not answer (neighbour FAILED): ciphertext for " + endpoint.text()
                                + " stays here.");
                story.proof("ip neigh show " + next.text() + " dev " + device);
            }
        }
    }

    /// The far end's packets: from the endpoint, through the device we send by, to the source we send from.
    private void wayIn(Story story, DeviceState tunnel, Endpoint.Numeric endpoint, LookupResult answer) {
        IpAddress far = endpoint.address();
        if (far.family() == IpFamily.V6
                || answer.source().isEmpty()
                || answer.device().isEmpty()) {
            return;
        }
        String device = answer.device().get();
        int filter = Math.max(
                host.forAll().rpFilter(),
                host.device(device).map(found -> found.settings().rpFilter()).orElse(0));
        if (filter == 0) {
            return;
        }
        FlowQuestion unmarked = FlowQuestion.to(answer.source().get())
                .from(far)
                .comingInBy(device)
                .withProtocol(FlowQuestion.UDP)
                .withPorts(endpoint.port(), tunnel.listenPort());
        LookupResult plain = lookup.find(unmarked);
        if (plain.refusal().isEmpty()) {
            return;
        }
        int mark = tunnel.fwmark();
        if (mark != 0 && lookup.find(unmarked.withMark(mark)).isWay()) {
            story.fact(
                    "way in",
                    "rp_filter=" + filter + " on " + device + " lets answers pass only while the firewall gives them "
                            + mark(mark) + " again, as wg-quick's chains do");
            return;
        }
        story.fail(
                Verdict.RP_FILTER,
                "Answers do not get in: packets from " + far.text() + " through " + device
                        + " are dropped by rp_filter (" + (filter == 1 ? "strict" : "loose") + "): "
                        + plain.refusal().get().text() + ".");
        story.remedy(
                mark == 0
                        ? "sysctl net.ipv4.conf." + device + ".rp_filter=2"
                        : "sysctl net.ipv4.conf.all.src_valid_mark=1 (and the mark restored by the firewall, as"
                                + " wg-quick does)");
        story.proof(FlowQuestion.to(answer.source().get())
                        .from(far)
                        .comingInBy(device)
                        .command() + "; nstat -az TcpExtIPReversePathFilter");
    }
}
