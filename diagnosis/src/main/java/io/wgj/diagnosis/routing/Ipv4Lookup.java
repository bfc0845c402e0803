// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks up IPv4 packets: those of this host, and those that come in.
final class Ipv4Lookup {
    private static final IpAddress ANY = IpAddress.unspecified(IpFamily.V4);
    private static final IpAddress LOCALHOST = IpAddress.ofV4(0x7f00_0001);
    private static final IpAddress BROADCAST = IpAddress.ofV4(-1);

    private final HostIndex host;
    private final Ipv4Tables tables;
    private final Ipv4Sources sources;
    private final ReversePath reversePath;

    Ipv4Lookup(HostIndex host) {
        this.host = host;
        tables = new Ipv4Tables(host);
        sources = new Ipv4Sources(host);
        reversePath = new ReversePath(host, tables);
    }

    /// Fills `answer`; throws the kernel's refusal.
    void find(FlowQuestion question, Answer answer) throws RefusedException {
        int protocol = question.protocol().orElse(FlowQuestion.UDP);
        if (question.iif().isPresent()) {
            Flow flow = Flow.of(question, protocol, 0);
            boolean hasPorts = protocol == FlowQuestion.UDP || protocol == FlowQuestion.TCP;
            comesIn(hasPorts ? flow : flow.withoutPorts(), answer);
        } else {
            goesOut(Flow.of(question, protocol, question.uid()), answer);
        }
    }

    private void goesOut(Flow flow, Answer answer) throws RefusedException {
        String bound = flow.output();
        if (bound != null) {
            // Before the source: nothing can be bound to what does not exist.
            checkDevice(bound);
        }
        IpAddress source = flow.hasSource() && !flow.source().equals(ANY) ? flow.source() : null;
        if (source != null) {
            checkOwnSource(source);
        }
        if (bound != null) {
            if (!host.isUp(bound)) {
                throw new RefusedException(RouteError.ENETUNREACH, Refusal.Reason.DEVICE_DOWN, bound + " is down");
            }
        }
        if (flow.destination().equals(ANY)) {
            IpAddress chosen = source == null && bound != null ? sources.select(bound, Route.SCOPE_HOST, null) : source;
            answer.only(RouteType.LOCAL, Flow.LOOPBACK, chosen == null ? LOCALHOST : chosen);
            answer.note("0.0.0.0 means this host");
            return;
        }
        if (flow.destination().equals(BROADCAST) && source != null && bound == null) {
            String device = tables.deviceOfLocal(source);
            answer.only(RouteType.BROADCAST, device == null ? Flow.LOOPBACK : device, source);
            answer.note("a broadcast leaves by the device of its source");
            return;
        }
        Flow asked = flow.inItsVrf(host);
        Match match;
        try {
            match = tables.find(asked, answer.trace());
        } catch (RefusedException e) {
            if (bound == null || asked.vrf() != null && asked.vrf().equals(host.vrfOf(bound))) {
                throw e;
            }
            IpAddress chosen = source == null ? sources.select(bound, Route.SCOPE_LINK, null) : source;
            checkLoopbackSource(new NextHopChoice(bound, Optional.empty(), Optional.ofNullable(chosen)));
            answer.only(RouteType.UNICAST, bound, chosen == null ? ANY : chosen);
            answer.note("no route, but bound to " + bound + ": taken as on its link");
            return;
        }
        answer.decided(match);
        if (match.route().type() == RouteType.LOCAL) {
            IpAddress chosen = source == null ? match.route().preferredSource().orElse(flow.destination()) : source;
            answer.choose(List.of(
                    new NextHopChoice(localDevice(match.hops().getFirst()), Optional.empty(), Optional.of(chosen))));
            return;
        }
        leave(asked, source, match, answer);
    }

    private void checkOwnSource(IpAddress source) throws RefusedException {
        if (isMulticast(source) || source.equals(BROADCAST)) {
            throw new RefusedException(
                    RouteError.EINVAL, Refusal.Reason.BAD_ADDRESS, source.text() + " cannot be a source address");
        }
        if (tables.deviceOfLocal(source) == null) {
            throw new RefusedException(
                    RouteError.ENETUNREACH,
                    Refusal.Reason.FOREIGN_SOURCE,
                    source.text() + " is not an address of this host");
        }
    }

    private void leave(Flow flow, @Nullable IpAddress source, Match match, Answer answer) throws RefusedException {
        FibRoute route = match.route();
        List<FibNextHop> hops = route.nextHops().size() == 1 || flow.output() != null
                ? match.hops().subList(0, 1)
                : match.hops();
        boolean mixedScopes = source == null && sourceOfObjectIsUnknown(route, hops.getFirst());
        if (mixedScopes) {
            answer.doubt("source address: a next hop object keeps the one of the route that was used first");
        }
        List<NextHopChoice> choices = new ArrayList<>();
        for (FibNextHop hop : hops) {
            IpAddress chosen = source == null ? sources.choose(route, hop, flow) : source;
            choices.add(choice(hop, mixedScopes ? null : chosen == null ? ANY : chosen));
        }
        addGatewaysThatAreNone(hops, choices, answer);
        addDefaultsOfOneMetric(route, flow, source, choices, answer);
        if (flow.destination().equals(BROADCAST)) {
            answer.type(RouteType.BROADCAST);
            choices.replaceAll(choice -> new NextHopChoice(choice.device(), Optional.empty(), choice.source()));
        }
        for (NextHopChoice choice : choices) {
            checkLoopbackSource(choice);
        }
        answer.choose(choices);
    }

    private void checkLoopbackSource(NextHopChoice choice) throws RefusedException {
        String device = choice.device();
        if (choice.source().filter(Ipv4Lookup::isLoopback).isPresent()
                && !host.isLoopback(device)
                && !host.isVrf(device)
                && !host.mayRouteLocalnet(device)) {
            throw new RefusedException(
                    RouteError.EINVAL,
                    Refusal.Reason.BAD_ADDRESS,
                    "source " + choice.source().get().text() + " cannot leave through " + device);
        }
    }

    private boolean sourceOfObjectIsUnknown(FibRoute route, FibNextHop hop) {
        if (route.nextHopId() == 0 || route.preferredSource().isPresent()) {
            return false;
        }
        Set<Optional<IpAddress>> sourcesByScope = new HashSet<>();
        for (int scope : new int[] {Route.SCOPE_GLOBAL, Route.SCOPE_LINK, Route.SCOPE_HOST}) {
            sourcesByScope.add(Optional.ofNullable(sources.select(hop.device().orElse(Flow.LOOPBACK), scope, null)));
        }
        return sourcesByScope.size() > 1;
    }

    private static NextHopChoice choice(FibNextHop hop, @Nullable IpAddress source) {
        return new NextHopChoice(hop.device().orElse(Flow.LOOPBACK), hop.gateway(), Optional.ofNullable(source));
    }

    /// A gateway that was local to this host when the route was added is none: the packet is sent as on the link.
    private void addGatewaysThatAreNone(List<FibNextHop> hops, List<NextHopChoice> choices, Answer answer) {
        for (FibNextHop hop : hops) {
            Optional<IpAddress> gateway = hop.gateway().filter(address -> address.family() == IpFamily.V4);
            if (gateway.isEmpty() || hop.onLink() || !mayBeLocal(gateway.get())) {
                continue;
            }
            for (NextHopChoice choice : List.copyOf(choices)) {
                if (choice.gateway().equals(hop.gateway())
                        && choice.device().equals(hop.device().orElse(""))) {
                    choices.add(new NextHopChoice(choice.device(), Optional.empty(), choice.source()));
                }
            }
            answer.doubt("the gateway " + gateway.get().text() + " is local to this host");
        }
    }

    private boolean mayBeLocal(IpAddress gateway) {
        if (tables.deviceOfLocal(gateway) != null) {
            return true;
        }
        for (PrefixTable table : host.allTables(IpFamily.V4)) {
            for (List<FibRoute> ofDestination : table.covering(gateway)) {
                for (FibRoute route : ofDestination) {
                    if (route.type() == RouteType.LOCAL || route.scope() >= Route.SCOPE_HOST) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Several default routes of one metric: the kernel goes by the state of the gateways.
    private void addDefaultsOfOneMetric(
            FibRoute route, Flow flow, @Nullable IpAddress source, List<NextHopChoice> choices, Answer answer) {
        if (flow.output() != null || !isDefaultWithGateway(route)) {
            return;
        }
        boolean several = false;
        for (FibRoute other : host.table(IpFamily.V4, route.table()).defaults()) {
            if (other != route
                    && isDefaultWithGateway(other)
                    && other.typeOfService() == route.typeOfService()
                    && other.metric() == route.metric()) {
                FibNextHop hop = other.nextHops().getFirst();
                IpAddress chosen = source == null ? sources.choose(other, hop, flow) : source;
                choices.add(choice(hop, chosen == null ? ANY : chosen));
                several = true;
            }
        }
        if (several) {
            answer.doubt("several default routes of one metric: the kernel takes one whose gateway answers");
        }
    }

    private static boolean isDefaultWithGateway(FibRoute route) {
        return route.destination().length() == 0
                && route.type() == RouteType.UNICAST
                && route.nextHops().getFirst().gateway().isPresent();
    }

    private void comesIn(Flow flow, Answer answer) throws RefusedException {
        String device = flow.input();
        checkDevice(device);
        checkAddressesOfArrival(flow);
        if (flow.destination().equals(BROADCAST)) {
            arriveAsBroadcast(flow, Flow.LOOPBACK, answer);
            return;
        }
        boolean forwards = host.settings(device).forwarding();
        Flow asked = flow.inItsVrf(host);
        Match match;
        try {
            match = tables.find(asked, answer.trace());
        } catch (RefusedException e) {
            if (forwards) {
                throw e;
            }
            throw new RefusedException(
                    RouteError.EHOSTUNREACH,
                    Refusal.Reason.NOT_FORWARDING,
                    e.refusal().text() + "; and " + device + " does not forward");
        }
        answer.decided(match);
        FibRoute route = match.route();
        if (route.type() == RouteType.BROADCAST) {
            arriveAsBroadcast(flow, match.hops().getFirst().device().orElse(Flow.LOOPBACK), answer);
        } else if (route.type() == RouteType.LOCAL) {
            reversePath.check(asked, null, answer.trace());
            answer.choose(List.of(
                    new NextHopChoice(localDevice(match.hops().getFirst()), Optional.empty(), Optional.empty())));
        } else if (!forwards) {
            throw new RefusedException(
                    RouteError.EHOSTUNREACH, Refusal.Reason.NOT_FORWARDING, device + " does not forward");
        } else if (route.type() != RouteType.UNICAST) {
            throw new RefusedException(RouteError.EINVAL, Refusal.Reason.MARTIAN, "martian destination");
        } else {
            forward(asked, match, answer);
        }
    }

    private void forward(Flow flow, Match match, Answer answer) throws RefusedException {
        List<FibNextHop> hops =
                match.route().nextHops().size() == 1 ? match.hops().subList(0, 1) : match.hops();
        List<NextHopChoice> choices = new ArrayList<>();
        for (FibNextHop hop : hops) {
            choices.add(choice(hop, null));
        }
        addGatewaysThatAreNone(hops, choices, answer);
        addDefaultsOfOneMetric(match.route(), flow, null, choices, answer);
        choices.replaceAll(choice -> new NextHopChoice(choice.device(), choice.gateway(), Optional.empty()));
        Set<String> devices = new LinkedHashSet<>();
        choices.forEach(choice -> devices.add(choice.device()));
        List<RefusedException> refusals = new ArrayList<>();
        for (String device : devices) {
            try {
                reversePath.check(flow, device, answer.trace());
            } catch (RefusedException e) {
                refusals.add(e);
            }
        }
        if (!refusals.isEmpty() && devices.size() > 1) {
            answer.doubt("the check of the source depends on the next hop that is taken");
        }
        if (refusals.size() == devices.size()) {
            throw refusals.getFirst();
        }
        answer.choose(choices);
    }

    private void arriveAsBroadcast(Flow flow, String device, Answer answer) throws RefusedException {
        answer.only(RouteType.BROADCAST, Objects.requireNonNullElse(host.vrfOf(device), Flow.LOOPBACK), null);
        if (!flow.source().equals(ANY)) {
            reversePath.check(flow.towards(ANY), null, answer.trace());
        }
    }

    private void checkAddressesOfArrival(Flow flow) throws RefusedException {
        IpAddress source = flow.source();
        IpAddress destination = flow.destination();
        if (isMulticast(source) || source.equals(BROADCAST) || source.equals(ANY)) {
            throw new RefusedException(RouteError.EINVAL, Refusal.Reason.MARTIAN, "martian source");
        }
        if (destination.equals(ANY)) {
            throw new RefusedException(RouteError.EINVAL, Refusal.Reason.MARTIAN, "martian destination");
        }
        if ((isLoopback(destination) || isLoopback(source)) && !host.mayRouteLocalnet(flow.input())) {
            throw new RefusedException(RouteError.EINVAL, Refusal.Reason.MARTIAN, "a loopback address from outside");
        }
    }

    private void checkDevice(String name) throws RefusedException {
        if (!host.exists(name)) {
            throw new RefusedException(RouteError.ENODEV, Refusal.Reason.NO_DEVICE, "no device " + name);
        }
    }

    private String localDevice(FibNextHop hop) {
        return Objects.requireNonNullElse(host.vrfOf(hop.device().orElse(null)), Flow.LOOPBACK);
    }

    private static boolean isMulticast(IpAddress address) {
        return address.low() >>> 28 == 0xe;
    }

    private static boolean isLoopback(IpAddress address) {
        return address.low() >>> 24 == 127;
    }
}
