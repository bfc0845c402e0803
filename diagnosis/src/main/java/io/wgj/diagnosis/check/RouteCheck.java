// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.RouteTable;
import io.wgj.config.file.Underlay;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Routes that lead packets into the wrong device, or in a circle.
final class RouteCheck {
    private RouteCheck() {}

    /// The recursive VPN: the tunnel's own packets would be routed into it.
    static void endpointInTunnel(CheckedFile file, HostFacts host, Report report) {
        if (choosesWay(file)) {
            return;
        }
        List<Located<IpPrefix>> inMain = null;
        for (PeerSection peer : file.peers()) {
            if (peer.endpoint().isEmpty()
                    || !(peer.endpoint().get().value() instanceof Endpoint.Numeric endpoint)
                    || hasUnderlay(file, endpoint.address().family())) {
                continue;
            }
            if (inMain == null) {
                inMain = intoTunnel(file, host);
            }
            Located<IpPrefix> longest = longest(inMain, endpoint.address());
            if (longest != null && EndpointLookup.leadsIntoTunnel(file, host, endpoint, inMain)) {
                Place place = peer.endpoint().get().place();
                Optional<HostFacts.Way> way = host.way(endpoint.address());
                String device = way.isPresent() && !isLink(file, way.get().device())
                        ? way.get().device()
                        : "eth0";
                report.add(
                        CheckCode.ENDPOINT_IN_TUNNEL,
                        place,
                        "the endpoint " + endpoint.address() + " lies in "
                                + longest.value().masked().text()
                                + " (line " + longest.place().line()
                                + "), which leads into this tunnel: the encrypted packets would too",
                        "name the device that leads to the internet, in [Interface]",
                        List.of("Underlay = dev " + device));
            }
        }
    }

    /// Whether a mark, for which the host may have a rule, or rules or hooks of the file may give encrypted
    /// packets a way of their own.
    private static boolean choosesWay(CheckedFile file) {
        boolean marked = file.section().fwmark().orElse(0) != 0;
        return marked
                || !file.section().rules().isEmpty()
                || file.hookSays("route")
                || file.hookSays("rule")
                || file.hookSays("ip r")
                || file.hookSays("/")
                || file.hookSays("netns");
    }

    private static boolean isLink(CheckedFile file, String device) {
        return file.link().isPresent() && file.link().get().text().equals(device);
    }

    private static boolean hasUnderlay(CheckedFile file, IpFamily family) {
        for (Located<Underlay> underlay : file.section().underlays()) {
            boolean routes =
                    underlay.value().dev().isPresent() || underlay.value().via().isPresent();
            if (routes && underlay.value().covers(family)) {
                return true;
            }
        }
        return false;
    }

    /// The networks of the main table that lead into the tunnel. A default route by `AllowedIPs` is not among
    /// them: it gets a table and a mark.
    private static List<Located<IpPrefix>> intoTunnel(CheckedFile file, HostFacts host) {
        List<Located<IpPrefix>> networks = new ArrayList<>(file.section().addresses());
        if (file.section().table() instanceof RouteTable.Auto) {
            for (PeerSection peer : file.peers()) {
                for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                    if (written.value().length() > 0) {
                        networks.add(written);
                    }
                }
            }
        }
        for (Located<List<String>> words : file.section().routes()) {
            Optional<Route> route = route(file, host, words);
            if (route.isPresent() && route.get().table() == TableNames.MAIN && isInto(file, route.get())) {
                networks.add(
                        new Located<>(words.place(), words.text(), route.get().destination()));
            }
        }
        return networks;
    }

    private static @Nullable Located<IpPrefix> longest(List<Located<IpPrefix>> networks, IpAddress address) {
        Located<IpPrefix> longest = null;
        for (Located<IpPrefix> network : networks) {
            if (network.value().contains(address)
                    && !isOnly(network.value(), address)
                    && (longest == null
                            || network.value().length() > longest.value().length())) {
                longest = network;
            }
        }
        return longest;
    }

    /// Whether a network is this one address: that of the endpoint itself, which another check reports.
    static boolean isOnly(IpPrefix network, IpAddress address) {
        return network.length() == network.family().bits() && AllowedIpsCheck.isSame(network.address(), address);
    }

    private static boolean isInto(CheckedFile file, Route route) {
        return route.device().isPresent() && isLink(file, route.device().get());
    }

    static Optional<Route> route(CheckedFile file, HostFacts host, Located<List<String>> words) {
        List<String> expanded = new ArrayList<>();
        for (String word : words.value()) {
            expanded.add(file.tunnel().expand(word));
        }
        try {
            return Optional.of(IpRouteSyntax.parse(expanded, host.tables()));
        } catch (WordException _) {
            // Reported with the grammar.
            return Optional.empty();
        }
    }

    /// Every packet is allowed and none is routed.
    static void nothingRouted(CheckedFile file, Report report) {
        InterfaceSection section = file.section();
        boolean leads = !section.routes().isEmpty()
                || !section.rules().isEmpty()
                || !file.hookLines().isEmpty();
        if (!(section.table() instanceof RouteTable.Off) || leads) {
            return;
        }
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                if (written.value().length() == 0) {
                    report.add(
                            CheckCode.NOTHING_ROUTED,
                            file.index().place(Key.TABLE),
                            "Table = off adds no routes, though "
                                    + written.value().text() + " (line "
                                    + written.place().line() + ") is allowed: nothing takes the tunnel by itself",
                            "remove the line, or add a route",
                            List.of("Route = " + (written.value().family() == IpFamily.V6 ? "-6 " : "")
                                    + "NETWORK dev %i"));
                    return;
                }
            }
        }
    }

    /// A full tunnel for IPv4, and IPv6 beside it.
    static void ipv6Leak(CheckedFile file, HostFacts host, Report report) {
        InterfaceSection section = file.section();
        if (!(section.table() instanceof RouteTable.Auto)
                || !AllowedIpsCheck.takesAll(file, IpFamily.V4)
                || mentionsIpv6(file)
                || !host.hasDefaultRoute(IpFamily.V6).orElse(false)) {
            return;
        }
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                if (written.value().family() == IpFamily.V4 && written.value().length() <= 1) {
                    report.add(
                            CheckCode.IPV6_LEAK,
                            written.place(),
                            "all of IPv4 takes the tunnel, and this host's IPv6 goes around it",
                            "add ::/0, which also drops IPv6 where the far end has none",
                            List.of("AllowedIPs = 0.0.0.0/0, ::/0"));
                    return;
                }
            }
        }
    }

    /// Whether the file does something about IPv6 by itself.
    private static boolean mentionsIpv6(CheckedFile file) {
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                // A few networks of IPv6 on purpose.
                if (written.value().family() == IpFamily.V6) {
                    return true;
                }
            }
        }
        for (Located<List<String>> words : file.section().routes()) {
            if (words.value().contains("-6") || words.text().indexOf(':') >= 0) {
                return true;
            }
        }
        return !file.section().rules().isEmpty()
                || file.hookSays("ip6tables")
                || file.hookSays("nft")
                || file.hookSays("ipv6")
                || file.hookSays("-6");
    }

    /// `unreachable default` in main, beside a default route through the tunnel.
    static void refusalInMain(CheckedFile file, HostFacts host, Report report) {
        if (!(file.section().table() instanceof RouteTable.Auto)) {
            return;
        }
        for (Located<List<String>> words : file.section().routes()) {
            Optional<Route> route = route(file, host, words);
            if (route.isPresent()
                    && refuses(route.get())
                    && route.get().table() == TableNames.MAIN
                    && hasDefaultRoute(file, route.get().family())) {
                String table = file.section().fwmark().isPresent()
                                && file.section().fwmark().getAsInt() != 0
                        ? Integer.toUnsignedString(file.section().fwmark().getAsInt())
                        : "51820";
                String family = route.get().family() == IpFamily.V6 ? "-6 " : "";
                List<String> lines = new ArrayList<>();
                if (file.section().fwmark().isEmpty()) {
                    lines.add("FwMark = " + table);
                }
                lines.add("Route = " + family + route.get().type().word() + " default table " + table + " metric 9000");
                report.add(
                        CheckCode.REFUSAL_IN_MAIN,
                        words.place(),
                        "once main has no better default route, packets are refused here and the tunnel's table is"
                                + " not asked",
                        "put the route into the tunnel's table",
                        lines);
            }
        }
    }

    /// A kill switch by routes, in a table that packets reach.
    static void routesDoNotHold(CheckedFile file, HostFacts host, Report report) {
        for (Located<List<String>> words : file.section().routes()) {
            Optional<Route> route = route(file, host, words);
            if (route.isPresent()
                    && refuses(route.get())
                    && route.get().family() == IpFamily.V4
                    && route.get().table() != TableNames.MAIN) {
                report.add(
                        CheckCode.ROUTES_DO_NOT_HOLD,
                        words.place(),
                        "a program that binds to a device (ping -I eth0) ignores this route in IPv4",
                        "use a firewall where that matters, as in examples/kill-switch");
            }
        }
    }

    private static boolean refuses(Route route) {
        RouteType type = route.type();
        boolean error = type == RouteType.UNREACHABLE || type == RouteType.BLACKHOLE || type == RouteType.PROHIBIT;
        return error && route.destination().length() == 0;
    }

    private static boolean hasDefaultRoute(CheckedFile file, IpFamily family) {
        for (PeerSection peer : file.peers()) {
            for (Located<IpPrefix> written : file.index().allowedIps(peer)) {
                if (written.value().family() == family && written.value().length() == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
