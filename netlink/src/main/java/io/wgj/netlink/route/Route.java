// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A route. Devices go by name, since a plan speaks of links that do not exist yet; the wire has indexes.
///
/// @param type what becomes of packets
/// @param destination host bits clear; of length 0 for the default route
/// @param gateway the next hop, IPv6 possibly for an IPv4 destination too; empty when on the link
/// @param device the name of the output link, a byte a char; empty for types without one
/// @param preferredSource what unbound sockets take as their own address
/// @param table 32 bits unsigned
/// @param metric 32 bits unsigned, less is better; empty lets the kernel choose (0, and 1024 for IPv6)
/// @param mtu empty for the device's
/// @param options what few routes say
/// @param scope how far the destination is, `SCOPE_…`
/// @param protocol who made it, `PROTOCOL_…`, 0 to 255
/// @param onLink whether the gateway is taken for reachable though no address says so
/// @param nextHops several ways at once: only read, `gateway` and `device` are empty then
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

    /// `RTPROT_UNSPEC`: what rules of ip(8) say when nothing else is said.
    public static final int PROTOCOL_UNSPECIFIED = 0;
    /// `RTPROT_KERNEL`: made by the kernel for an address of a link.
    public static final int PROTOCOL_KERNEL = 2;
    /// `RTPROT_BOOT`: what routes of ip(8) say when nothing else is said.
    public static final int PROTOCOL_BOOT = 3;
    /// Ours, for routes and rules: what `down` may take away.
    public static final int PROTOCOL_WGJ = 87;

    public Route {
        nextHops = List.copyOf(nextHops);
    }

    /// What `ip route add DESTINATION dev DEVICE table TABLE` makes.
    public static Route onLink(IpPrefix destination, String device, int table, int protocol) {
        return new Builder(destination)
                .device(device)
                .table(table)
                .protocol(protocol)
                .build();
    }

    /// The version of IP of its packets.
    public IpFamily family() {
        return destination.family();
    }

    /// The same made by somebody else.
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

    /// The scope that ip(8) sends when none is named: an IPv4 destination without a gateway is on the link.
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

    /// A route while it is put together: unicast, in the main table, by ip(8)'s protocol.
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

        /// Of the family it began with.
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

        /// Without a scope, the one that ip(8) sends.
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
