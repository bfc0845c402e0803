// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.route.FibNextHop;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.RouteType;
import io.wgj.netlink.route.TableNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A host of a test, as lines of text say:
///
/// ```
/// network                                    the files are ends of one network
/// way ADDRESS DEVICE LENGTH MTU SOURCE       the way to an address
/// ipv6 yes|no                                whether IPv6 has a default route
/// name-service yes|no
/// monitor yes|no
/// ports FIRST LAST [RESERVED]
/// mode FILE OCTAL
/// writable SENTENCE                          who can change the files
/// ```
final class FakeHost implements HostFacts {
    boolean isNetwork;
    private final Map<IpAddress, Way> ways = new HashMap<>();
    private final List<FibRoute> routes = new ArrayList<>();
    private final List<NetworkDevice> devices = new ArrayList<>();
    private final Map<String, Integer> modes = new HashMap<>();
    private final List<String> writable = new ArrayList<>();
    private Optional<Boolean> ipv6 = Optional.empty();
    private Optional<Boolean> nameService = Optional.empty();
    private Optional<Boolean> monitor = Optional.empty();
    private Optional<EphemeralPorts> ports = Optional.empty();

    static FakeHost of(String text) {
        FakeHost host = new FakeHost();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> host.take(line, line.split(" ", -1)));
        return host;
    }

    private void take(String line, String[] words) {
        switch (words[0]) {
            case "network" -> isNetwork = true;
            case "way" -> {
                route(IpAddress.parse(words[1]).orElseThrow(), words[2], Integer.parseInt(words[3]));
                ways.put(
                        IpAddress.parse(words[1]).orElseThrow(),
                        new Way(words[2], Integer.parseInt(words[4]), IpAddress.parse(words[5])));
            }
            case "ipv6" -> ipv6 = Optional.of(words[1].equals("yes"));
            case "name-service" -> nameService = Optional.of(words[1].equals("yes"));
            case "monitor" -> monitor = Optional.of(words[1].equals("yes"));
            case "ports" ->
                ports = Optional.of(new EphemeralPorts(
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        words.length > 3 ? List.of(Integer.parseInt(words[3])) : List.of()));
            case "mode" -> modes.put(words[1], Integer.parseInt(words[2], 8));
            case "writable" -> writable.add(line.substring("writable ".length()));
            default -> throw new IllegalArgumentException(line);
        }
    }

    @Override
    public Optional<Way> way(IpAddress destination) {
        return Optional.ofNullable(ways.get(destination));
    }

    private void route(IpAddress address, String device, int length) {
        devices.add(new NetworkDevice(devices.size() + 1, device, 1500, List.of()));
        routes.add(new FibRoute(
                TableNames.MAIN,
                RouteType.UNICAST,
                new IpPrefix(address, length).masked(),
                0,
                Route.SCOPE_GLOBAL,
                new FibNextHop(Optional.empty(), device)));
    }

    @Override
    public Optional<HostSnapshot> routing() {
        return routes.isEmpty()
                ? Optional.empty()
                : Optional.of(new HostSnapshot(devices, HostSnapshot.USUAL_RULES, routes));
    }

    @Override
    public Optional<Boolean> hasDefaultRoute(IpFamily family) {
        return family == IpFamily.V6 ? ipv6 : Optional.of(true);
    }

    @Override
    public Optional<Boolean> hasNameService() {
        return nameService;
    }

    @Override
    public Optional<Boolean> monitorRuns() {
        return monitor;
    }

    @Override
    public Optional<EphemeralPorts> ephemeralPorts() {
        return ports;
    }

    @Override
    public OptionalInt permissions(String path) {
        Integer mode = modes.get(path);
        return mode == null ? OptionalInt.empty() : OptionalInt.of(mode);
    }

    @Override
    public List<String> whoCanChange(String path) {
        return writable;
    }
}
