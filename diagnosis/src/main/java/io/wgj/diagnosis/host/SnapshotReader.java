// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpFamily;
import io.wgj.diagnosis.routing.DeviceAddress;
import io.wgj.diagnosis.routing.DeviceSettings;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelVersion;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.AddressDetails;
import io.wgj.netlink.route.AddressLabel;
import io.wgj.netlink.route.FibReader;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.LinkDetails;
import io.wgj.netlink.route.LinkDetails.Ipv4Setting;
import io.wgj.netlink.route.LinkDetails.Ipv6Setting;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Reads a [HostSnapshot] of the calling thread's network namespace. No privilege is needed.
public final class SnapshotReader {
    /// How often the whole is read again when something changed meanwhile.
    private static final int MOST_TRIES = 5;

    private final RouteNetlink netlink;

    public SnapshotReader(RouteNetlink netlink) {
        this.netlink = netlink;
    }

    /// What is there now, with the routes of the tables that packets can reach: those that rules and VRFs name.
    /// When links, addresses or rules change during the reading, it starts again, a few times.
    public HostSnapshot read() throws NetlinkException {
        return read("", Set.of());
    }

    /// The same, and routes that no rule leads to.
    ///
    /// @param link whose routes are read from all tables; empty for none
    /// @param tables more tables that are read
    public HostSnapshot read(String link, Set<Integer> tables) throws NetlinkException {
        FibReader fib = netlink.fib();
        List<LinkDetails> links = fib.links();
        List<PolicyRule> rules = rules();
        for (int tries = 1; ; tries++) {
            Map<Integer, String> names = new HashMap<>();
            links.forEach(each -> names.put(each.link().index(), each.link().name()));
            IntFunction<String> nameOf = index -> names.getOrDefault(index, "if" + index);
            List<AddressDetails> addresses = fib.addresses();
            ReachableRoutes reachable = new ReachableRoutes(fib, nameOf, links, link);
            List<FibRoute> routes = new ArrayList<>(reachable.read(IpFamily.V4, rules, tables));
            if (hasIpv6()) {
                routes.addAll(reachable.read(IpFamily.V6, rules, tables));
            }
            HostSnapshot snapshot = new HostSnapshot(
                    KernelVersion.parse(text("/proc/sys/kernel/osrelease")),
                    devices(links, addresses, nameOf),
                    settingsOfAll(),
                    rules,
                    routes,
                    fib.neighbours(nameOf),
                    hasIpv6() ? labels(fib) : List.of(),
                    strangeRules(fib));
            List<LinkDetails> linksAfter = fib.links();
            List<PolicyRule> rulesAfter = rules();
            if (tries == MOST_TRIES
                    || sameLinks(links, linksAfter) && rules.equals(rulesAfter) && addresses.equals(fib.addresses())) {
                return snapshot;
            }
            links = linksAfter;
            rules = rulesAfter;
        }
    }

    private static boolean sameLinks(List<LinkDetails> before, List<LinkDetails> after) {
        return before.stream()
                .map(LinkDetails::link)
                .toList()
                .equals(after.stream().map(LinkDetails::link).toList());
    }

    private List<PolicyRule> rules() throws NetlinkException {
        List<PolicyRule> rules = new ArrayList<>(netlink.rules().list(IpFamily.V4));
        if (hasIpv6()) {
            rules.addAll(netlink.rules().list(IpFamily.V6));
        }
        return rules;
    }

    private static List<String> strangeRules(FibReader fib) throws NetlinkException {
        List<String> clauses = new ArrayList<>();
        for (IpFamily family : hasIpv6() ? IpFamily.values() : new IpFamily[] {IpFamily.V4}) {
            for (long priority : fib.strangeRules(family)) {
                clauses.add("not judged: rule " + priority + " of " + family
                        + " has a selector or an action that is newer than this program");
            }
        }
        return clauses;
    }

    private static List<AddressLabel> labels(FibReader fib) throws NetlinkException {
        try {
            return fib.labels();
        } catch (NetlinkException e) {
            if (e.errno().is(Errno.EOPNOTSUPP)) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<NetworkDevice> devices(
            List<LinkDetails> links, List<AddressDetails> addresses, IntFunction<String> nameOf) {
        Map<Integer, List<DeviceAddress>> byLink = new HashMap<>();
        for (AddressDetails details : addresses) {
            byLink.computeIfAbsent(details.address().linkIndex(), index -> new ArrayList<>())
                    .add(new DeviceAddress(
                            details.address().address(),
                            details.subnet(),
                            details.address().scope(),
                            details.address().flags()));
        }
        List<NetworkDevice> devices = new ArrayList<>();
        for (LinkDetails details : links) {
            int index = details.link().index();
            devices.add(new NetworkDevice(
                    index,
                    details.link().name(),
                    details.link().kind(),
                    details.link().isUp(),
                    details.link().isRunning(),
                    details.link().isLoopback(),
                    details.link().mtu(),
                    details.group(),
                    details.masterIndex() == 0 ? Optional.empty() : Optional.of(nameOf.apply(details.masterIndex())),
                    details.vrfTable(),
                    byLink.getOrDefault(index, List.of()),
                    settings(details)));
        }
        return devices;
    }

    private static DeviceSettings settings(LinkDetails link) {
        return new DeviceSettings(
                link.get(Ipv4Setting.FORWARDING) != 0,
                link.get(Ipv4Setting.RP_FILTER),
                link.get(Ipv4Setting.SRC_VALID_MARK) != 0,
                link.get(Ipv4Setting.IGNORE_ROUTES_WITH_LINKDOWN) != 0,
                link.get(Ipv4Setting.ROUTE_LOCALNET) != 0,
                link.get(Ipv4Setting.ACCEPT_LOCAL) != 0,
                link.get(Ipv6Setting.FORWARDING) != 0,
                link.get(Ipv6Setting.IGNORE_ROUTES_WITH_LINKDOWN) != 0,
                link.get(Ipv6Setting.USE_TEMPADDR),
                link.get(Ipv6Setting.USE_OIF_ADDRS_ONLY) != 0);
    }

    private static DeviceSettings settingsOfAll() {
        String ipv4 = "/proc/sys/net/ipv4/conf/all/";
        String ipv6 = "/proc/sys/net/ipv6/conf/all/";
        return new DeviceSettings(
                number(ipv4 + "forwarding") != 0,
                number(ipv4 + "rp_filter"),
                number(ipv4 + "src_valid_mark") != 0,
                number(ipv4 + "ignore_routes_with_linkdown") != 0,
                number(ipv4 + "route_localnet") != 0,
                number(ipv4 + "accept_local") != 0,
                number(ipv6 + "forwarding") != 0,
                number(ipv6 + "ignore_routes_with_linkdown") != 0,
                number(ipv6 + "use_tempaddr"),
                number(ipv6 + "use_oif_addrs_only") != 0);
    }

    private static boolean hasIpv6() {
        try {
            NativeFile.status("/proc/sys/net/ipv6");
            return true;
        } catch (SystemException e) {
            return false;
        }
    }

    /// The number in a file; 0 when there is none.
    private static int number(String path) {
        String digits = text(path).strip();
        try {
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String text(String path) {
        try {
            return new String(NativeFile.readAll(path), StandardCharsets.ISO_8859_1);
        } catch (SystemException e) {
            return "";
        }
    }
}
