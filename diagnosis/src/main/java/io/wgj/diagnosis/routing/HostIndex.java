// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.AddressLabel;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Neighbour;
import io.wgj.netlink.route.PolicyRule;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A [HostSnapshot], arranged for look-ups.
final class HostIndex {
    private final HostSnapshot snapshot;
    private final Map<String, NetworkDevice> devices = new LinkedHashMap<>();
    private final Map<IpFamily, List<PolicyRule>> rules = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, Map<Integer, PrefixTable>> tables = new EnumMap<>(IpFamily.class);
    private final Map<IpAddress, String> ownAddresses = new HashMap<>();
    private final Map<String, Set<IpAddress>> failedNeighbours = new HashMap<>();
    private final List<AddressLabel> labels;
    private final boolean oneTree;
    private final boolean handMadeLocalRoutes;
    private final boolean looksAtPorts;

    HostIndex(HostSnapshot snapshot) {
        this.snapshot = snapshot;
        for (NetworkDevice device : snapshot.devices()) {
            devices.put(device.name(), device);
            for (DeviceAddress address : device.addresses()) {
                ownAddresses.putIfAbsent(address.address(), device.name());
            }
        }
        for (IpFamily family : IpFamily.values()) {
            rules.put(
                    family,
                    snapshot.rules().stream()
                            .filter(rule -> rule.family() == family)
                            .toList());
            tables.put(family, tables(snapshot.routes(), family));
        }
        for (Neighbour neighbour : snapshot.neighbours()) {
            if (neighbour.isFailed()) {
                failedNeighbours
                        .computeIfAbsent(neighbour.device(), name -> new HashSet<>())
                        .add(neighbour.address());
            }
        }
        labels = new ArrayList<>(snapshot.labels());
        labels.sort(
                Comparator.comparingInt((AddressLabel label) -> label.prefix().length())
                        .reversed());
        oneTree = hasOnlyDefaultRules();
        handMadeLocalRoutes = allTables(IpFamily.V4).stream()
                .flatMap(table -> table.routes().stream())
                .anyMatch(HostIndex::isHandMadeLocal);
        looksAtPorts = rules(IpFamily.V4).stream()
                .anyMatch(rule -> rule.ipProtocol().isPresent()
                        || rule.sourcePorts().isPresent()
                        || rule.destinationPorts().isPresent());
    }

    private static boolean isHandMadeLocal(FibRoute route) {
        return route.type() == RouteType.LOCAL && route.protocol() != io.wgj.netlink.route.Route.PROTOCOL_KERNEL;
    }

    private static Map<Integer, PrefixTable> tables(List<FibRoute> routes, IpFamily family) {
        Map<Integer, List<FibRoute>> byTable = new LinkedHashMap<>();
        for (FibRoute route : routes) {
            if (route.family() == family) {
                byTable.computeIfAbsent(route.table(), number -> new ArrayList<>())
                        .add(route);
            }
        }
        Comparator<FibRoute> order = family == IpFamily.V4 ? PrefixTable.IPV4_ORDER : PrefixTable.IPV6_ORDER;
        Map<Integer, PrefixTable> found = new LinkedHashMap<>();
        byTable.forEach((number, ofTable) -> found.put(number, new PrefixTable(ofTable, order)));
        return found;
    }

    /// Whether IPv4 has the three rules of a new namespace and no other.
    private boolean hasOnlyDefaultRules() {
        int[][] expected = {{0, TableNames.LOCAL}, {32766, TableNames.MAIN}, {32767, TableNames.DEFAULT}};
        List<PolicyRule> present = rules(IpFamily.V4);
        if (present.size() != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            PolicyRule plain = new PolicyRule.Builder(IpFamily.V4)
                    .priority(expected[i][0])
                    .table(expected[i][1])
                    .build();
            if (!plain.equals(present.get(i).withProtocol(plain.protocol()))) {
                return false;
            }
        }
        return true;
    }

    /// Whether IPv4's tables local and main are one tree: no rule was ever added, as far as the rules tell.
    boolean oneTree() {
        return oneTree;
    }

    /// Whether there are local routes that no address brought; the kernel then checks sources more closely.
    boolean handMadeLocalRoutes() {
        return handMadeLocalRoutes;
    }

    /// Whether a rule of IPv4 looks at protocol or ports; only then the way back is looked up with them.
    boolean looksAtPorts() {
        return looksAtPorts;
    }

    KernelVersion kernel() {
        return snapshot.kernel();
    }

    Collection<NetworkDevice> devices() {
        return devices.values();
    }

    boolean exists(String device) {
        return devices.containsKey(device);
    }

    @Nullable
    NetworkDevice device(String name) {
        return devices.get(name);
    }

    boolean isUp(String name) {
        NetworkDevice device = devices.get(name);
        return device != null && device.up();
    }

    boolean isLoopback(String name) {
        NetworkDevice device = devices.get(name);
        return device != null && device.loopback();
    }

    boolean isVrf(@Nullable String name) {
        NetworkDevice device = name == null ? null : devices.get(name);
        return device != null && device.isVrf();
    }

    /// The VRF that a device belongs to, or is; null for none.
    @Nullable
    String vrfOf(@Nullable String name) {
        NetworkDevice device = name == null ? null : devices.get(name);
        if (device == null || device.isVrf()) {
            return device == null ? null : name;
        }
        String master = device.master().orElse(null);
        return isVrf(master) ? master : null;
    }

    /// The table of a VRF.
    int vrfTable(String vrf) {
        NetworkDevice device = devices.get(vrf);
        return device == null ? TableNames.MAIN : device.vrfTable().orElse(TableNames.MAIN);
    }

    List<DeviceAddress> addresses(String name, IpFamily family) {
        NetworkDevice device = devices.get(name);
        return device == null ? List.of() : device.addresses(family);
    }

    /// The device that has this very address; null for none.
    @Nullable
    String ownerOf(IpAddress address) {
        return ownAddresses.get(address);
    }

    /// The settings of one device; those of `all` for one that does not exist.
    DeviceSettings settings(String name) {
        NetworkDevice device = devices.get(name);
        return device == null ? snapshot.forAll() : device.settings();
    }

    DeviceSettings forAll() {
        return snapshot.forAll();
    }

    /// The larger of a device's setting and that of `all`.
    int larger(String name, ToIntFunction<DeviceSettings> setting) {
        return Math.max(setting.applyAsInt(snapshot.forAll()), setting.applyAsInt(settings(name)));
    }

    boolean mayIgnoreLinkDown(String name) {
        return snapshot.forAll().ignoreLinkDown() || settings(name).ignoreLinkDown();
    }

    boolean mayRouteLocalnet(String name) {
        return snapshot.forAll().routeLocalnet() || settings(name).routeLocalnet();
    }

    List<PolicyRule> rules(IpFamily family) {
        List<PolicyRule> all = rules.get(family);
        return all == null ? List.of() : all;
    }

    PrefixTable table(IpFamily family, int number) {
        Map<Integer, PrefixTable> all = tables.get(family);
        return all == null ? PrefixTable.empty() : all.getOrDefault(number, PrefixTable.empty());
    }

    Collection<PrefixTable> allTables(IpFamily family) {
        Map<Integer, PrefixTable> all = tables.get(family);
        return all == null ? List.of() : all.values();
    }

    boolean isFailedNeighbour(IpAddress address, String device) {
        return failedNeighbours.getOrDefault(device, Set.of()).contains(address);
    }

    /// The label of an IPv6 address.
    int label(IpAddress address) {
        for (AddressLabel label : labels) {
            if (label.prefix().contains(address)) {
                return label.label();
            }
        }
        return 1;
    }
}
