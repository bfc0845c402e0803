// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans how the routes of peers that are down are withdrawn, and how they return. Only routes that the
/// tunnel's journal holds are touched, and only those that lead to one peer alone.
///
/// The plan depends on the present state alone, so it can be made anew after a kill at any moment.
public final class WithdrawalPlanner {
    private final InterfaceName link;
    private final RouteOwners owners;
    private final Map<RoutePlace, Route> host = new HashMap<>();
    private final Map<RoutePlace, List<Route>> journalled = new LinkedHashMap<>();
    private final List<WithdrawnRoute> withdrawn = new ArrayList<>();
    private final List<WithdrawnRoute> returned = new ArrayList<>();
    private final List<Step> adopted = new ArrayList<>();
    private final List<Step> deletions = new ArrayList<>();
    private final List<Step> additions = new ArrayList<>();
    private final List<Step> replacements = new ArrayList<>();
    private final List<Route> taken = new ArrayList<>();

    private WithdrawalPlanner(InterfaceName link, List<RoutesOfPeer> peers, List<Step> history, List<Route> routes) {
        this.link = link;
        this.owners = new RouteOwners(peers);
        for (Route route : routes) {
            host.putIfAbsent(RoutePlace.of(route), route);
        }
        for (Step.AddRoute add : Step.select(NetSteps.of(history), Step.AddRoute.class)) {
            if (isInto(add.route()) || isStandIn(add.route())) {
                journalled
                        .computeIfAbsent(RoutePlace.of(add.route()), _ -> new ArrayList<>())
                        .add(add.route());
            }
        }
    }

    /// What to write to the journal, and what to do.
    ///
    /// @param withdrawn the routes that are withdrawn from now on
    /// @param adopted what a killed run did without recording it
    /// @param steps deletions first, replacements last
    /// @param returned the routes that are withdrawn no more once the steps are performed
    /// @param taken the routes that cannot return because the host has another route in their place
    public record Result(
            List<WithdrawnRoute> withdrawn,
            List<Step> adopted,
            List<Step> steps,
            List<WithdrawnRoute> returned,
            List<Route> taken) {
        public Result {
            withdrawn = List.copyOf(withdrawn);
            adopted = List.copyOf(adopted);
            steps = List.copyOf(steps);
            returned = List.copyOf(returned);
            taken = List.copyOf(taken);
        }

        /// Whether the host and the journal are as they are wanted.
        public boolean isEmpty() {
            return withdrawn.isEmpty() && adopted.isEmpty() && steps.isEmpty() && returned.isEmpty();
        }
    }

    /// @param peers all peers of the device
    /// @param history the journal's steps
    /// @param before the routes that are withdrawn, as the journal says
    /// @param routes the routes of all tables that the host has
    public static Result plan(
            InterfaceName link,
            List<RoutesOfPeer> peers,
            List<Step> history,
            List<WithdrawnRoute> before,
            List<Route> routes) {
        WithdrawalPlanner planner = new WithdrawalPlanner(link, peers, history, routes);
        planner.plan(before);
        List<Step> steps = new ArrayList<>(planner.deletions);
        steps.addAll(planner.additions);
        steps.addAll(planner.replacements);
        return new Result(planner.withdrawn, planner.adopted, steps, planner.returned, planner.taken);
    }

    /// The route that takes the place of a withdrawn one and refuses its packets.
    static Route standIn(Route route) {
        Route.Builder builder = new Route.Builder(route.destination())
                .type(RouteType.UNREACHABLE)
                .table(route.table())
                .protocol(Route.PROTOCOL_WGJ);
        route.metric().ifPresent(builder::metric);
        return builder.build();
    }

    private static boolean isStandIn(Route route) {
        return route.type() == RouteType.UNREACHABLE && route.protocol() == Route.PROTOCOL_WGJ;
    }

    private boolean isInto(Route route) {
        return route.type() == RouteType.UNICAST && route.device().equals(Optional.of(link.text()));
    }

    private void plan(List<WithdrawnRoute> before) {
        Map<RoutePlace, WithdrawnRoute> marks = new LinkedHashMap<>();
        for (WithdrawnRoute mark : before) {
            marks.put(mark.place(), mark);
        }
        List<Route> all = new ArrayList<>();
        for (Map.Entry<RoutePlace, List<Route>> entry : journalled.entrySet()) {
            WithdrawnRoute mark = marks.get(entry.getKey());
            Route route = intoTunnel(entry.getValue());
            if (route != null) {
                all.add(route);
                // A reload may have put another route in the place of a withdrawn one.
                if (mark != null && !RoutePlace.sameEffect(mark.route(), route)) {
                    returned.add(mark);
                    marks.remove(entry.getKey());
                }
            }
        }
        for (WithdrawnRoute mark : marks.values()) {
            if (!all.contains(mark.route())) {
                all.add(mark.route());
            }
        }
        Set<Route> shared = owners.shared(all);
        Set<RoutePlace> done = new HashSet<>();
        for (Route route : all) {
            RoutePlace place = RoutePlace.of(route);
            if (done.add(place)) {
                WithdrawnRoute mark = marks.get(place);
                if (mark != null) {
                    follow(mark);
                } else if (!shared.contains(route)) {
                    withdraw(route);
                }
            }
        }
    }

    private @Nullable Route intoTunnel(List<Route> routes) {
        for (Route route : routes) {
            if (isInto(route)) {
                return route;
            }
        }
        return null;
    }

    /// Withdraws a route if its peer is down. A route that a hook or a user has deleted or replaced stays as
    /// it is.
    private void withdraw(Route route) {
        Optional<RoutesOfPeer> owner = owners.of(route.destination());
        Route there = host.get(RoutePlace.of(route));
        if (owner.isEmpty() || !owner.get().mode().withdraws() || there == null || !isSame(there, route)) {
            return;
        }
        withdrawn.add(new WithdrawnRoute(WithdrawnRoute.fingerprint(owner.get().peer()), route));
        if (owner.get().mode() == RoutesOfPeer.Mode.REMOVED) {
            deletions.add(new Step.DeleteRoute(route));
        } else {
            replacements.add(new Step.ReplaceRoute(standIn(route), route));
        }
    }

    /// Brings a withdrawn route to what is wanted now. A route that has no peer any more stays withdrawn: a
    /// reload decides about it.
    private void follow(WithdrawnRoute mark) {
        Route route = mark.route();
        Route standIn = standIn(route);
        Optional<RoutesOfPeer> owner = owners.of(route.destination());
        Route there = host.get(mark.place());
        Optional<Route> now = Optional.empty();
        if (there != null && isSame(there, route)) {
            now = Optional.of(route);
        } else if (there != null && isStandIn(there)) {
            now = Optional.of(standIn);
        }
        settle(mark.place(), now);
        if (owner.isEmpty()) {
            return;
        }
        if (there != null && now.isEmpty()) {
            taken.add(route);
            return;
        }
        Optional<Route> wanted = switch (owner.get().mode()) {
            case PRESENT -> Optional.of(route);
            case REMOVED -> Optional.empty();
            case UNREACHABLE -> Optional.of(standIn);
            case UNCHANGED -> now;
        };
        change(now, wanted);
        if (owner.get().mode() == RoutesOfPeer.Mode.PRESENT) {
            returned.add(mark);
        }
    }

    private void change(Optional<Route> now, Optional<Route> wanted) {
        if (now.equals(wanted)) {
            return;
        }
        if (now.isEmpty()) {
            additions.add(new Step.AddRoute(wanted.orElseThrow()));
        } else if (wanted.isEmpty()) {
            deletions.add(new Step.DeleteRoute(now.get()));
        } else {
            replacements.add(new Step.ReplaceRoute(wanted.get(), now.get()));
        }
    }

    /// Makes the journal say what the host shows: a killed run may have performed its last step or not.
    private void settle(RoutePlace place, Optional<Route> now) {
        List<Route> known = journalled.getOrDefault(place, List.of());
        for (Route route : known) {
            if (!now.equals(Optional.of(route))) {
                adopted.add(new Step.DeleteRoute(route));
            }
        }
        if (now.isPresent() && !known.contains(now.get())) {
            adopted.add(new Step.AddRoute(now.get()));
        }
    }

    /// Whether the host's route is the one that we added.
    private static boolean isSame(Route there, Route route) {
        return there.type() == route.type()
                && there.protocol() == route.protocol()
                && there.device().equals(route.device());
    }
}
