// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.Route;
import io.wgj.quick.model.RoutesOfPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the peer that a route into the tunnel leads to.
public final class RouteOwners {
    private final Map<IpPrefix, RoutesOfPeer> owners = new HashMap<>();

    /// @param peers all peers of the device
    public RouteOwners(List<RoutesOfPeer> peers) {
        for (RoutesOfPeer peer : peers) {
            for (IpPrefix prefix : peer.allowedIps()) {
                owners.put(prefix.masked(), peer);
            }
        }
    }

    /// The peer whose allowed IPs cover the destination; of several, the one with the longest prefix.
    public Optional<RoutesOfPeer> of(IpPrefix destination) {
        for (int length = destination.length(); length >= 0; length--) {
            RoutesOfPeer peer = owners.get(shortened(destination, length));
            if (peer != null) {
                return Optional.of(peer);
            }
        }
        return Optional.empty();
    }

    /// The routes that lead to more than one peer: another peer's network lies inside of the destination, and
    /// no longer route of the same table covers that network.
    ///
    /// @param routes into the tunnel
    Set<Route> shared(List<Route> routes) {
        Map<Place, Route> byPlace = new HashMap<>();
        Set<Integer> tables = new HashSet<>();
        TreeSet<Integer> lengths = new TreeSet<>();
        for (Route route : routes) {
            byPlace.put(new Place(route.table(), route.destination()), route);
            tables.add(route.table());
            lengths.add(route.destination().length());
        }
        Set<Route> shared = new HashSet<>();
        for (Map.Entry<IpPrefix, RoutesOfPeer> entry : owners.entrySet()) {
            IpPrefix network = entry.getKey();
            for (int table : tables) {
                Route nearest = nearest(network, table, lengths, byPlace);
                if (nearest != null
                        && nearest.destination().length() < network.length()
                        && of(nearest.destination()).orElse(null) != entry.getValue()) {
                    shared.add(nearest);
                }
            }
        }
        return shared;
    }

    /// The route of the table that packets to this network take.
    private static @Nullable Route nearest(
            IpPrefix network, int table, NavigableSet<Integer> lengths, Map<Place, Route> byPlace) {
        for (int length : new ArrayList<>(lengths.headSet(network.length(), true)).reversed()) {
            Route route = byPlace.get(new Place(table, shortened(network, length)));
            if (route != null) {
                return route;
            }
        }
        return null;
    }

    private static IpPrefix shortened(IpPrefix prefix, int length) {
        return new IpPrefix(prefix.address(), length).masked();
    }

    private record Place(int table, IpPrefix destination) {}
}
