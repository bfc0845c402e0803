// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// A route as a table of the kernel holds it, with all that decides whether a packet takes it. A [Route] is what
/// programs add and delete.
///
/// @param table 32 bits unsigned
/// @param type what happens to packets
/// @param destination host bits clear
/// @param from the source addresses it is for; of length 0 for all, as every IPv4 route
/// @param metric 32 bits unsigned, lower wins
/// @param typeOfService of the IPv4 packets that it matches; 0 for any
/// @param scope the distance of the destination, `Route.SCOPE_…`
/// @param preferredSource the source address of unbound sockets
/// @param preference of an IPv6 router: -1 low, 0 medium, 1 high
/// @param protocol the creator, `Route.PROTOCOL_…`
/// @param nextHopId of its next hop object; 0 for none
/// @param multipath whether it was listed with several next hops (`RTA_MULTIPATH`)
/// @param encapsulated whether a next hop wraps packets in another protocol (`RTA_ENCAP`)
/// @param nextHops at least one
public record FibRoute(
        int table,
        RouteType type,
        IpPrefix destination,
        IpPrefix from,
        int metric,
        int typeOfService,
        int scope,
        Optional<IpAddress> preferredSource,
        int preference,
        int protocol,
        int nextHopId,
        boolean multipath,
        boolean encapsulated,
        List<FibNextHop> nextHops) {
    public FibRoute {
        nextHops = List.copyOf(nextHops);
        if (nextHops.isEmpty()) {
            throw new IllegalArgumentException("a route has a next hop");
        }
    }

    /// An ordinary route with one next hop.
    public FibRoute(int table, RouteType type, IpPrefix destination, int metric, int scope, FibNextHop nextHop) {
        this(
                table,
                type,
                destination,
                IpPrefix.all(destination.family()),
                metric,
                0,
                scope,
                Optional.empty(),
                0,
                Route.PROTOCOL_BOOT,
                0,
                false,
                false,
                List.of(nextHop));
    }

    /// The version of IP of its packets.
    public IpFamily family() {
        return destination.family();
    }

    /// Whether one of its next hops leaves through the link called `device`.
    public boolean leavesThrough(String device) {
        for (FibNextHop hop : nextHops) {
            if (hop.device().isPresent() && hop.device().get().equals(device)) {
                return true;
            }
        }
        return false;
    }

    /// The route in ip(8)'s words, without its table: `unreachable default metric 4000`.
    public String text() {
        StringBuilder out = new StringBuilder();
        if (type != RouteType.UNICAST) {
            out.append(type.word()).append(' ');
        }
        out.append(destination.length() == 0 ? "default" : destination.text());
        if (from.length() > 0) {
            out.append(" from ").append(from.text());
        }
        FibNextHop first = nextHops.getFirst();
        first.gateway()
                .ifPresent(gateway -> out.append(gateway.family() == family() ? " via " : " via inet6 ")
                        .append(gateway.text()));
        if (!type.needsNoDevice()) {
            first.device().ifPresent(device -> out.append(" dev ").append(device));
        }
        if (nextHops.size() > 1) {
            out.append(" (one of ").append(nextHops.size()).append(" next hops)");
        }
        if (typeOfService != 0) {
            out.append(" tos 0x").append(Integer.toHexString(typeOfService));
        }
        if (metric != 0) {
            out.append(" metric ").append(Integer.toUnsignedString(metric));
        }
        return out.toString();
    }
}
