// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.Host;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.diagnosis.check.HostFacts;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.RouteQuery;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.sys.ProgramStart;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.run.TableFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the kernel for routes, each only once. Whatever cannot be asked is unknown.
final class LinuxHostFacts implements HostFacts {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /// Any global address that no host has: the first of the networks for examples.
    private static final IpAddress ELSEWHERE_V6 = IpAddress.ofV6(0x2001_0db8_0000_0000L, 1);

    private static final IpAddress ELSEWHERE_V4 = IpAddress.ofV4(192 << 24 | 2 << 8 | 1);

    private final Host host;
    private final Map<IpAddress, Optional<Way>> ways = new HashMap<>();
    private final Map<String, Integer> mtus = new HashMap<>();
    private Optional<Optional<HostSnapshot>> routing = Optional.empty();

    LinuxHostFacts(Host host) {
        this.host = host;
    }

    @Override
    public TableNames tables() {
        return new TableFiles();
    }

    @Override
    public Optional<Way> way(IpAddress destination) {
        Optional<Way> known = ways.get(destination);
        if (known == null) {
            known = ask(destination);
            ways.put(destination, known);
        }
        return known;
    }

    private Optional<Way> ask(IpAddress destination) {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            Route route = netlink.routes().get(new RouteQuery(destination));
            if (route.type() != RouteType.UNICAST || route.device().isEmpty()) {
                return Optional.empty();
            }
            String device = route.device().get();
            if (mtus.isEmpty()) {
                for (Link link : netlink.links()) {
                    mtus.put(link.name(), link.mtu());
                }
            }
            int mtu = route.mtu().isPresent() ? route.mtu().get().bytes() : mtus.getOrDefault(device, 0);
            return Optional.of(new Way(device, mtu, route.preferredSource()));
        } catch (NetlinkException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<HostSnapshot> routing() {
        if (routing.isEmpty()) {
            try {
                routing = Optional.of(Optional.of(RoutingHost.linux().snapshot("", Set.of())));
            } catch (NetlinkException _) {
                routing = Optional.of(Optional.empty());
            }
        }
        return routing.get();
    }

    @Override
    public Optional<Boolean> hasDefaultRoute(IpFamily family) {
        Optional<Way> way = way(family == IpFamily.V6 ? ELSEWHERE_V6 : ELSEWHERE_V4);
        return Optional.of(way.isPresent()
                && way.get().source().isPresent()
                && !way.get().source().get().isLinkLocal());
    }

    @Override
    public Optional<Boolean> hasNameService() {
        String given = host.env("PATH");
        String path = given == null || given.isEmpty() ? USUAL_PATH : given;
        return Optional.of(ProgramStart.find("resolvconf", path).isPresent()
                || ProgramStart.find("resolvectl", path).isPresent());
    }
}
