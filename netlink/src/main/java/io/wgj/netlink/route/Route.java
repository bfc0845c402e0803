// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A route. It names devices, because a plan has links that do not exist yet; messages to the kernel have
/// indexes.
///
/// @param type what happens to packets
/// @param destination host bits clear; of length 0 for the default route
/// @param gateway the next hop, which may be IPv6 for an IPv4 destination; empty when the destination is on
///     the link
/// @param device the name of the output link, a byte a char; empty for types without one
/// @param preferredSource the source address of unbound sockets
/// @param table 32 bits unsigned
/// @param metric 32 bits unsigned, lower wins; empty lets the kernel choose (0, and 1024 for IPv6)
/// @param mtu empty for the device's
/// @param options attributes that few routes have
/// @param scope the distance of the destination, `SCOPE_…`
/// @param protocol the creator, `PROTOCOL_…`, 0 to 255
/// @param onLink whether the gateway counts as reachable though no address of the link covers it
/// @param nextHops several next hops, read only; `gateway` and `device` are empty then
public record Route(
        RouteType type,
        IpPrefix destination,
        Optional<IpAddress> gateway,
        Optional<String> device,
        Optional<IpAddress> preferredSource,
        int table,
        OptionalInt metric,
        Optional<RouteMtu> mtu,
        RouteOptions options,
        int scope,
        int protocol,
        boolean onLink,
        List<NextHop> nextHops) {
    /// `RT_SCOPE_UNIVERSE` and its like (linux/rtnetlink.h).
    public static final int SCOPE_GLOBAL = 0;

    public static final int SCOPE_SITE = 200;
    public static final int SCOPE_LINK = 253;
    public static final int SCOPE_HOST = 254;
    public static final int SCOPE_NOWHERE = 255;

    /// `RTPROT_UNSPEC`: ip(8)'s default for rules.
    public static final int PROTOCOL_UNSPECIFIED = 0;
    /// `RTPROT_KERNEL`: added by the kernel for an address of a link.
    public static final int PROTOCOL_KERNEL = 2;
    /// `RTPROT_BOOT`: ip(8)'s default for routes.
    public static final int PROTOCOL_BOOT = 3;
    /// The protocol of wgj's routes and rules: `down` may delete them.
    public static final int PROTOCOL_WGJ = 87;

    public Route {
        nextHops = List.copyOf(nextHops);
    }

    /// The route of `ip route add DESTINATION dev DEVICE table TABLE`.
    public static Route onLink(IpPrefix destination, String device, int table, int protocol) {
        return new Builder(destination)
                .device(device)
                .table(table)
                .protocol(protocol)
                .build();
    }

    /// The version of IP of the route's packets.
    public IpFamily family() {
        return destination.family();
    }

    /// The same route with another protocol.
    public Route withProtocol(int newProtocol) {
        return new Route(
                type,
                destination,
                gateway,
                device,
                preferredSource,
                table,
                metric,
                mtu,
                options,
                scope,
                newProtocol,
                onLink,
                nextHops);
    }

    /// The scope that ip(8) sends by default: an IPv4 destination without a gateway is on the link.
    static int usualScope(IpPrefix destination, RouteType type, boolean hasGateway) {
        if (destination.family() == IpFamily.V6) {
            return SCOPE_GLOBAL;
        }
        return switch (type) {
            case LOCAL, NAT -> SCOPE_HOST;
            case BROADCAST, MULTICAST, ANYCAST -> SCOPE_LINK;
            case UNICAST -> hasGateway ? SCOPE_GLOBAL : SCOPE_LINK;
            case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> SCOPE_GLOBAL;
        };
    }

    /// Builds a route. It starts as unicast, in the main table, with ip(8)'s protocol.
    public static final class Builder {
        private IpPrefix destination;
        private RouteType type = RouteType.UNICAST;
        private Optional<IpAddress> gateway = Optional.empty();
        private Optional<String> device = Optional.empty();
        private Optional<IpAddress> preferredSource = Optional.empty();
        private int table = TableNames.MAIN;
        private OptionalInt metric = OptionalInt.empty();
        private Optional<RouteMtu> mtu = Optional.empty();
        private RouteOptions options = RouteOptions.NONE;
        private OptionalInt scope = OptionalInt.empty();
        private int protocol = PROTOCOL_BOOT;
        private boolean onLink;
        private List<NextHop> nextHops = List.of();

        public Builder(IpPrefix destination) {
            this.destination = destination;
        }

        /// Sets the destination, which must be of the family of the first one.
        Builder destination(IpPrefix value) {
            destination = value;
            return this;
        }

        public Builder type(RouteType value) {
            type = value;
            return this;
        }

        public Builder gateway(IpAddress value) {
            gateway = Optional.of(value);
            return this;
        }

        public Builder device(String value) {
            device = Optional.of(value);
            return this;
        }

        public Builder preferredSource(IpAddress value) {
            preferredSource = Optional.of(value);
            return this;
        }

        public Builder table(int value) {
            table = value;
            return this;
        }

        public Builder metric(int value) {
            metric = OptionalInt.of(value);
            return this;
        }

        public Builder mtu(RouteMtu value) {
            mtu = Optional.of(value);
            return this;
        }

        public Builder options(RouteOptions value) {
            options = value;
            return this;
        }

        RouteOptions options() {
            return options;
        }

        public Builder scope(int value) {
            scope = OptionalInt.of(value);
            return this;
        }

        public Builder protocol(int value) {
            protocol = value;
            return this;
        }

        public Builder onLink(boolean value) {
            onLink = value;
            return this;
        }

        public Builder nextHops(List<NextHop> value) {
            nextHops = value;
            return this;
        }

        /// The route; its scope is ip(8)'s default unless one was set.
        public Route build() {
            return new Route(
                    type,
                    destination,
                    gateway,
                    device,
                    preferredSource,
                    table,
                    metric,
                    mtu,
                    options,
                    scope.orElse(usualScope(destination, type, gateway.isPresent() || !nextHops.isEmpty())),
                    protocol,
                    onLink,
                    nextHops);
        }
    }
}
