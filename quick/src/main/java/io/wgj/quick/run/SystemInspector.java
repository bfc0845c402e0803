// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.InterfaceSection;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.route.InterfaceAddress;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.route.RouteQuery;
import io.wgj.netlink.route.Routes;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.model.DeviceView;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.HostSupport;
import io.wgj.quick.model.PartialSnapshot;
import io.wgj.quick.model.RouteLookup;
import io.wgj.quick.model.RoutingState;
import io.wgj.quick.model.SrcValidMark;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.model.UpLink;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.plan.Preconditions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Captures the state of the network namespace that its connection belongs to. Lists everything once per
/// snapshot.
final class SystemInspector {
    private static final String INTERFACE_ORDER = "/etc/resolvconf/interface-order";

    private static final int IFF_BROADCAST = 2;

    private final Kernel kernel;
    private final RouteNetlink netlink;
    private final Firewall firewall;
    private final Sysctls sysctls;
    private final Programs programs;
    private final Environment environment;
    private final OtherTunnels others;
    private final TunnelDevice ownDevice;
    private final TableNames tables = new TableFiles();
    private Optional<DeviceState> device = Optional.empty();

    /// The journals of the namespace's other tunnels.
    @FunctionalInterface
    interface OtherTunnels {
        /// Whether one of them has set the kernel's setting, or relies on it.
        boolean needSrcValidMark(InterfaceName except) throws JournalException;
    }

    SystemInspector(
            Kernel kernel,
            RouteNetlink netlink,
            Firewall firewall,
            Sysctls sysctls,
            Programs programs,
            Environment environment,
            OtherTunnels others,
            TunnelDevice ownDevice) {
        this.kernel = kernel;
        this.netlink = netlink;
        this.firewall = firewall;
        this.sysctls = sysctls;
        this.programs = programs;
        this.environment = environment;
        this.others = others;
        this.ownDevice = ownDevice;
    }

    /// What the preconditions of the file need, before `up` does anything.
    PartialSnapshot preconditions(Tunnel tunnel) throws PlanException, RunException {
        try {
            List<Link> found = netlink.links();
            List<HostLink> links = withoutAddresses(found);
            HostSupport support = support(tunnel, true, links);
            Preconditions.Needs needs = Preconditions.needs(tunnel, PartialSnapshot.outline(links, tables, support));
            Routes routes = netlink.routes();
            return new PartialSnapshot(
                    needs.underlay() ? withAddresses(found) : links,
                    needs.routes()
                            ? routes.list(found)
                            : needs.defaultRoute() ? routes.list(IpFamily.V4, TableNames.MAIN) : List.of(),
                    needs.routes() ? netlink.rules().list() : List.of(),
                    needs.lookups() ? lookups(tunnel, Optional.of(needs.device()), List.of(), found) : Map.of(),
                    Optional.of(needs.device()),
                    needs.underlay() ? Optional.of(srcValidMark(tunnel.link())) : Optional.empty(),
                    tables,
                    needs.nftables() && !firewall.isThere() ? support.withoutNftables() : support);
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    /// What the host is able to do for the tunnel, assuming nftables.
    HostSupport support(Tunnel tunnel) throws RunException {
        try {
            return support(tunnel, true, withoutAddresses(netlink.links()));
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    private static List<HostLink> withoutAddresses(List<Link> found) {
        List<HostLink> links = new ArrayList<>();
        for (Link link : found) {
            links.add(host(link, List.of(), List.of()));
        }
        return links;
    }

    /// The whole snapshot.
    ///
    /// @param endpoints to look up in addition to those of the device
    SystemSnapshot full(Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        try {
            List<Link> found = netlink.links();
            List<HostLink> links = withAddresses(found);
            device = device(tunnel.link(), links);
            Optional<DeviceView> view = device.map(DeviceView::of);
            return new SystemSnapshot(
                    links,
                    netlink.routes().list(found),
                    netlink.rules().list(),
                    lookups(tunnel, view, endpoints, found),
                    view,
                    otherMarks(tunnel, view, found),
                    srcValidMark(tunnel.link()),
                    tables,
                    firewall.find(tunnel.link()),
                    support(tunnel, firewall.isThere(), links));
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    /// The same host with lookups of these endpoints too.
    SystemSnapshot reaching(SystemSnapshot before, Tunnel tunnel, Collection<IpAddress> endpoints) throws RunException {
        if (before.lookups().keySet().containsAll(endpoints)) {
            return before;
        }
        try {
            return before.withLookups(lookups(tunnel, before.device(), endpoints, netlink.links()));
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    /// The tunnel's link after it went up.
    ///
    /// @param withRoutes whether its routes are needed
    UpLink upLink(InterfaceName name, boolean withRoutes) throws RunException {
        try {
            Optional<Link> link = netlink.link(name.text());
            if (link.isEmpty()) {
                throw new RunException(1, "Cannot find device \"" + name + "\"");
            }
            List<IpPrefix> addresses = new ArrayList<>();
            for (InterfaceAddress address : netlink.addresses(link.get())) {
                addresses.add(address.prefix());
            }
            List<Route> routes = new ArrayList<>();
            if (withRoutes) {
                routes.addAll(netlink.routes().list(IpFamily.V4, TableNames.MAIN, link.get()));
                routes.addAll(netlink.routes().list(IpFamily.V6, TableNames.MAIN, link.get()));
            }
            return new UpLink(addresses, routes);
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    /// What shows whether steps of the tunnel are still in effect.
    RoutingState routingState(Tunnel tunnel) throws RunException {
        try {
            Optional<HostLink> own = Optional.empty();
            List<Link> found = netlink.links();
            for (HostLink link : withAddresses(found)) {
                own = link.name().equals(tunnel.link().text()) ? Optional.of(link) : own;
            }
            return new RoutingState(
                    own, netlink.routes().list(found), netlink.rules().list(), srcValidMark(tunnel.link()));
        } catch (NetlinkException e) {
            throw failure(e);
        }
    }

    /// The device as the last [#full] snapshot found it; empty where it found none.
    Optional<DeviceState> device() {
        return device;
    }

    SrcValidMark srcValidMark(InterfaceName link) throws RunException {
        try {
            return new SrcValidMark(sysctls.read(SrcValidMark.KEY), others.needSrcValidMark(link));
        } catch (StepException _) {
            // The kernel lacks the setting; the step that sets it reports this.
            return new SrcValidMark("", false);
        } catch (JournalException e) {
            throw new RunException(1, String.valueOf(e.getMessage()));
        }
    }

    private static RunException failure(NetlinkException e) {
        return new RunException(1, String.valueOf(e.getMessage()));
    }

    private List<HostLink> withAddresses(List<Link> found) throws NetlinkException {
        Map<Integer, List<IpPrefix>> addresses = new HashMap<>();
        Map<Integer, List<IpPrefix>> generated = new HashMap<>();
        for (InterfaceAddress address : netlink.addresses()) {
            IpPrefix own = address.prefix();
            addresses
                    .computeIfAbsent(address.linkIndex(), _ -> new ArrayList<>())
                    .add(own);
            if (address.isGenerated()) {
                generated
                        .computeIfAbsent(address.linkIndex(), _ -> new ArrayList<>())
                        .add(own);
            }
        }
        List<HostLink> links = new ArrayList<>();
        for (Link link : found) {
            links.add(host(
                    link,
                    addresses.getOrDefault(link.index(), List.of()),
                    generated.getOrDefault(link.index(), List.of())));
        }
        return links;
    }

    private static HostLink host(Link link, List<IpPrefix> addresses, List<IpPrefix> generated) {
        return new HostLink(link.name(), link.mtu(), (link.flags() & IFF_BROADCAST) != 0, addresses, generated);
    }

    /// The device of that name; empty when there is no such link, or when it is not a WireGuard link.
    Optional<DeviceState> device(InterfaceName name, List<HostLink> links) {
        for (HostLink link : links) {
            if (link.name().equals(name.text())) {
                return read(name);
            }
        }
        return Optional.empty();
    }

    private Optional<DeviceState> read(InterfaceName name) {
        if (name.equals(ownDevice.link())) {
            try {
                return Optional.of(ownDevice.read());
            } catch (StepException _) {
                return Optional.empty();
            }
        }
        try (WireGuardDevice device = environment.device(name)) {
            return Optional.of(device.read());
        } catch (DeviceException _) {
            return Optional.empty();
        }
    }

    /// The marks of the namespace's other WireGuard devices. Empty for tunnels that choose no mark, because
    /// reading a device with thousands of peers takes long.
    private Set<Integer> otherMarks(Tunnel tunnel, Optional<DeviceView> own, List<Link> links) {
        DeviceView view = own.orElse(DeviceView.NEW);
        boolean chooses = own.isEmpty()
                || view.hasDefault(IpFamily.V4)
                || view.hasDefault(IpFamily.V6)
                || !tunnel.section().underlays().isEmpty();
        Set<Integer> marks = new HashSet<>();
        for (Link link : links) {
            String kind = link.kind().orElse("");
            Optional<InterfaceName> name = InterfaceName.parse(link.name());
            boolean candidate = kind.equals("wireguard") || kind.equals("tun");
            if (chooses && candidate && name.isPresent() && !name.get().equals(tunnel.link())) {
                try (WireGuardDevice device = environment.device(name.get())) {
                    marks.add(device.read().fwmark());
                } catch (DeviceException _) {
                    // A TUN link that is not a WireGuard device.
                }
            }
        }
        marks.remove(0);
        return marks;
    }

    /// The routes to endpoints, which decide the MTU where the file names none.
    private Map<IpAddress, RouteLookup> lookups(
            Tunnel tunnel, Optional<DeviceView> device, Collection<IpAddress> endpoints, List<Link> links)
            throws NetlinkException {
        if (tunnel.section().mtu().isPresent()) {
            return Map.of();
        }
        Set<IpAddress> wanted = new LinkedHashSet<>(endpoints);
        if (device.isPresent()) {
            for (Endpoint.Numeric endpoint : device.get().endpoints()) {
                if (endpoint.scopeId() == 0) {
                    wanted.add(endpoint.address());
                }
            }
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        int fwmark = device.orElse(DeviceView.NEW).fwmark();
        OptionalInt mark = fwmark == 0 ? OptionalInt.empty() : OptionalInt.of(fwmark);
        List<RouteQuery> queries = new ArrayList<>();
        for (IpAddress address : wanted) {
            queries.add(new RouteQuery(address, mark, Optional.empty()));
        }
        List<Routes.Way> found = netlink.routes().getAll(queries, links);
        Map<IpAddress, RouteLookup> lookups = new HashMap<>();
        int i = 0;
        for (IpAddress address : wanted) {
            lookups.put(address, way(found.get(i++)));
        }
        return lookups;
    }

    private static RouteLookup way(Routes.Way way) {
        if (way.refusal().isPresent()) {
            return new RouteLookup(
                    Optional.empty(),
                    OptionalInt.empty(),
                    way.refusal().get().errno().sentence());
        }
        Optional<Route> route = way.route();
        OptionalInt mtu = OptionalInt.empty();
        if (route.isPresent()
                && route.get().mtu().isPresent()
                && !route.get().mtu().get().locked()) {
            mtu = OptionalInt.of(route.get().mtu().get().bytes());
        }
        return new RouteLookup(route.flatMap(Route::device), mtu, "");
    }

    private HostSupport support(Tunnel tunnel, boolean nftables, List<HostLink> links) throws NetlinkException {
        InterfaceSection section = tunnel.section();
        Optional<String> resolvconf = Optional.empty();
        Optional<DnsSetup.Tool> tool = Optional.empty();
        if (!section.nameServers().isEmpty()) {
            resolvconf = programs.find("resolvconf");
            if (resolvconf.isPresent()) {
                tool = Optional.of(DnsSetup.Tool.RESOLVCONF);
            } else if (programs.find("resolvectl").isPresent()) {
                tool = Optional.of(DnsSetup.Tool.RESOLVECTL);
            }
        }
        boolean inKernel = !environment.wantsOwnEngine() && kernel.hasWireGuard();
        HostSupport support = new HostSupport(inKernel, userspace(), nftables, tool, prefix(resolvconf));
        return isThere(tunnel, links) && tunnel.concernsEngine()
                ? support.withOwnEngine(
                        OwnEngine.told(environment, tunnel.link()).isPresent())
                : support;
    }

    private static boolean isThere(Tunnel tunnel, List<HostLink> links) {
        for (HostLink link : links) {
            if (link.name().equals(tunnel.link().text())) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> userspace() {
        Optional<String> named = environment.variable(HostSupport.IMPLEMENTATION);
        boolean own = named.isEmpty() || environment.wantsOwnEngine();
        if (own && !environment.ownEngine().isEmpty()) {
            return Optional.of(HostSupport.OWN_ENGINE);
        }
        String program = named.orElse("wireguard-go");
        return programs.find(program).isPresent() ? Optional.of(program) : Optional.empty();
    }

    /// The prefix that Debian's resolvconf wants before an interface's name: the first kind with a star in
    /// its order of interfaces. A resolvconf that is a link to another resolver's imitation wants none.
    private static String prefix(Optional<String> resolvconf) {
        try {
            if (resolvconf.isEmpty()
                    || !NativeFile.linkStatus(resolvconf.get()).isRegular()
                    || !NativeFile.status(INTERFACE_ORDER).isRegular()) {
                return "";
            }
            return prefix(Latin1.of(NativeFile.readAll(INTERFACE_ORDER)));
        } catch (SystemException _) {
            return "";
        }
    }

    static String prefix(String interfaceOrder) {
        for (String line : interfaceOrder.split("\n", -1)) {
            int last = line.length() - 1;
            boolean kind = last > 0 && line.charAt(last) == '*';
            for (int i = 0; i < last && kind; i++) {
                char c = line.charAt(i);
                kind = Ascii.isLetter(c) || Ascii.isDigit(c) || c == '-';
            }
            if (kind) {
                return line.substring(0, last) + ".";
            }
        }
        return "";
    }
}
